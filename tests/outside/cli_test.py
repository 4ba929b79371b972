"""cli_test.py BUILD_DIR: landex and landexd from the command line: arguments → exit code and words, after the day.

Exit codes: 0 done, 2 not understood, 3 refused by a rule, 4 not logged on, 5 no such rule, 6 no server. Every wrong
argument is answered with the option, the value and what to do. All that is wrong is told, not the first only.
"""
import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import tomllib
import unicodedata

import client
from client import PEOPLE, POLICY, check

FLOOR = ["H66-7.6", "19.99", "20.00", "2024-06-01", "2024-06-30", "低于下限", "below the floor", "报 20.00 万元/亩 或更高",
         "Offer 20.00 wan yuan/mu or more"]
PROPOSE = ["--as", "建德", "deal", "propose", "--buyer", "余杭", "--area", "10"]
PLOTS = ["registry", "plots", "--as", "桐庐", "--document", "文号（模拟）", "--plot"]
ORDER = ["--as", "余杭", "order", "place", "--buy"]
PRICE = ["price", "set", "--instrument", "area", "--rate", "21.00", "--document", "文号（模拟）", "--approver", "市局（模拟）"]

APPLY = ["pool", "advance", "apply", "--fund", "1000", "--filing-by", "2025-06-03", "--contract", "合同1"]

YEAR = client.ROOT / "clients/demo/year"
STANDARD = ["--document", "文号（模拟）", "--approver", "市局（模拟）"]
RECKON = ["run", "reckon", "--year", "2024", "--document", "测算（模拟）"]
UNDERTAKE = ["task", "undertake", "--by", "建德", "--for", "余杭", "--first-year", "2023", "--price", "5000", "--document", "文号"]
ENCLAVE = ["enclave", "register", "industrial", "--name", "飞地（模拟）", "--document", "文号"]

# Arguments, exit code, words that must be printed (on either stream). Played in order, after the day.
TABLE = [
    # the floor: below it, refused; at it, it trades
    (PROPOSE + ["--price", "19.99"], 3, FLOOR),
    (PROPOSE + ["--price", "20.00"], 0, ["已执行", "done", "2 000 000.00", "建德市", "余杭区"]),
    (["--as", "余杭", "deal", "accept", "{proposed}"], 0, ["已交割", "settled", "2 000 000.00", "H66-7.6"]),
    (["--as", "Jiande", "deal", "propose", "--buyer", "Yuhang", "--area", "1", "--price", "20.005"], 3,
     ["LX-tick", "20.005", "不在最小变动价位上", "off the tick", "0.01"]),
    (["--as", "330182", "deal", "propose", "--buyer", "330110", "--area", "1"], 3, ["须写明", "needs a price"]),
    # other refusals
    (ORDER + ["--area", "10", "--price", "5000.00"], 3, ["LX-hold", "余杭区可用资金", "入金", "Deposit first"]),
    (["--as", "建德", "order", "place", "--sell", "--area", "1000", "--price", "21"], 3, ["LX-hold", "可用的补充耕地数量"]),
    (["--as", "余杭", "order", "cancel", "1"], 3, ["LX-order", "第 1 号", "order 1", "order ls"]),
    (["--as", "余杭", "deal", "accept", "1"], 3, ["LX-deal", "没有第 1 号协议", "no deal 1", "deal ls"]),
    (["--as", "余杭", "fund", "deposit", "--unit", "余杭", "--amount", "1", "--document", "凭证"], 3,
     ["LX-role", "不能做此事", "may not do this"]),
    (["day", "open", "2024-06-04"], 3, ["LX-day", "正在营业", "is open", "Close it first"]),
    (PRICE + ["--from", "2024-06-01", "--until", "2024-06-30"], 3, ["模拟〔2024〕6号", "已有公布价", "already published"]),
    (["--as", "analyst", "day", "close", "2024-06-03"], 3, ["LX-role", "分析员", "analyst"]),
    # what works
    (["status"], 0, ["H66-2022", "模拟 simulation", "2024-06-03", "sums: land 0, money 0"]),
    (["holding", "ls"], 0, ["建德市", "Jiande", "上城区", "Shangcheng"]),
    (["holding", "ls", "--unit", "建德"], 0, ["建德市"]),
    (["pool", "status"], 0, ["H66-7.2", "78.2000", "H66-6.2", "55.0000"]),
    (["book"], 0, ["补充耕地数量", "30.00", "增减挂钩"]),
    (["book", "linkage"], 0, ["30.00", "连续竞价", "continuous", "checksum", "best dealable", "bids less asks"]),
    (["book", "area", "--levels", "1"], 0, ["20.50", "可买 ask"]),
    (["trades"], 0, ["19.50", "24.0000"]),
    (["order", "ls"], 0, ["淳安县", "桐庐县"]),
    (["deal", "ls"], 0, ["已交割", "settled"]),
    (["price", "ls"], 0, ["模拟〔2024〕6号", "20.00"]),
    (PRICE + ["--from", "2024-07-01", "--until", "2024-07-31"], 0, ["已执行", "done"]),
    (ORDER + ["--linkage", "0.5", "--price", "1.00"], 0, ["委托 order", "0.5000"]),
    (["--as", "余杭", "order", "cancel", "{placed}"], 0, ["已执行", "done"]),
    (["fund", "deposit", "--unit", "上城", "--amount", "0.01", "--document", "凭证"], 0, ["100.00"]),
    (["fund", "withdraw", "--unit", "上城", "--amount", "0.01", "--document", "凭证"], 0, ["100.00"]),
    (["registry", "file", "--as", "桐庐", "--kind", "linkage", "--area", "1.5", "--project", "项目", "--document", "文号"], 0,
     ["1.5000"]),
    # a second pair of eyes, and the advance of H66-7.5: proposed by the county, decided by two people of the bureau
    (["fund", "deposit", "--unit", "杭州", "--amount", "600", "--document", "凭证"], 0, ["6 000 000.00"]),
    (["--as", "富阳"] + APPLY, 3, ["H66-7.5", "山区4县", "mountain-4"]),
    (["--as", "建德"] + APPLY, 0, ["报批 proposal", "预拨 advance", "审核 review"]),
    (["approve", "ls"], 0, ["待办 to do", "建德市", "预拨 advance", "合同1"]),
    (["--as", "建德", "approve", "ls"], 0, ["已办 under way"]),
    (["--as", "建德#2", "approve", "pass", "{approval}"], 3, ["LX-approval", "审核", "city bureau"]),
    (["pool", "advance", "approve", "{approval}"], 0, ["审批中 under review", "批准 approval"]),
    (["pool", "advance", "approve", "{approval}"], 3, ["LX-approval", "提出人不审批", "does not approve"]),
    (["--as", "bureau#2", "approve", "pass", "{approval}", "--reason", "同意"], 0,
     ["生效 effective", "5 000 000.00", "H66-7.5", "同意"]),
    (["approve", "show", "{approval}"], 0, ["提出 proposed", "通过 passed", "生效 took effect", "同意"]),
    (["--as", "余杭", "approve", "show", "{approval}"], 0, ["不归你方查看", "not yours to see"]),
    (["--as", "建德", "pool", "advance", "ls"], 0, ["合同1", "10 000 000.00", "5 000 000.00", "已预拨 paid"]),
    (["--as", "建德", "pool", "advance", "repay", "{approval}", "--amount", "501", "--document", "还款单"], 3,
     ["LX-hold", "只余", "5 000 000.00"]),
    (["--as", "建德", "pool", "advance", "repay", "{approval}", "--amount", "100", "--document", "还款单"], 0,
     ["归还 repaid", "4 000 000.00"]),
    (["--as", "建德"] + APPLY, 0, ["报批 proposal"]),
    (["approve", "return", "{approval}", "--reason", "缺合同附件"], 0, ["退回补正 returned", "缺合同附件"]),
    (["--as", "建德#2", "approve", "resubmit", "{approval}", "--reason", "已补"], 3, ["LX-approval", "another person's"]),
    (["--as", "建德", "approve", "resubmit", "{approval}", "--reason", "已补"], 0, ["审批中 under review", "已补"]),
    (["approve", "refuse", "{approval}", "--reason", "资金不足"], 0, ["不予批准 refused", "资金不足"]),
    (["--as", "建德", "approve", "withdraw", "{approval}"], 3, ["LX-approval", "不予批准"]),
    (["--propose", "试报", "fund", "withdraw", "--unit", "上城", "--amount", "1", "--document", "凭证"], 3,
     ["LX-approval", "没有审批链", "without --propose"]),
    (["rules", "explain", "H66-21.4"], 0, ["chain confirm_deal", "公示 notice 0", "our default, not the law"]),
    # projects, plots in dispute, lots, the verbs
    (["--as", "桐庐", "project", "register", "--kind", "linkage", "--name", "复垦", "--document", "文号"], 0, ["项目 project"]),
    (["project", "ls"], 0, ["桐庐县", "拟立项 planned", "复垦"]),
    (["--as", "桐庐", "plot", "conflict", "T1", "--document", "文号"], 0, ["H66-9", "T1"]),
    (["registry", "file", "--as", "桐庐", "--kind", "linkage", "--area", "1", "--project", "项目", "--document", "文号",
      "--plot", "T1:1"], 3, ["H66-9", "T1", "地类矛盾", "in dispute"]),
    (["plot", "clear", "T1", "--paper", "survey=文号"], 3, ["H66-9", "4", "1"]),
    (["plot", "clear", "T1", "--paper", "x"], 2, ["--paper", "'x'", "PAPER=DOCUMENT"]),
    (["plot", "ls"], 0, ["T1", "未解决 open"]),
    (["lots", "--unit", "桐庐"], 0, ["桐庐县", "库存 stock"]),
    (["lineage", "999999"], 0, ["no such batch"]),
    (["holding", "available", "--unit", "桐庐", "--instrument", "linkage"], 0, ["余额 balance", "可用 available"]),
    (["registry", "freeze", "--unit", "桐庐", "--instrument", "linkage", "--quantity", "0.5", "--document", "文号"], 0,
     ["冻结 freeze", "0.5000"]),
    (["registry", "ls"], 0, ["冻结 freeze", "桐庐县"]),
    (["registry", "unfreeze", "1", "--instrument", "linkage", "--quantity", "0.5", "--document", "文号"], 3,
     ["LX-entry", "没有第 1 号冻结", "no freeze 1"]),
    # products and titles: a reserve plot, and forest land, which needs a consent and an opening
    (["product", "ls"], 0, ["永农补划地块", "H66-21.2", "未开放 closed", "规划空间", "H66-14.2"]),
    (PLOTS + ["K1:2:15"], 0, ["K1", "2.0000"]),
    (["--as", "桐庐", "title", "ls", "--product", "pbf_plot"], 0, ["K1", "桐庐县", "2.0000", "持有 held"]),
    (["registry", "flag", "K1", "--grain-zone", "--document", "文号"], 0, ["H66-6.4", "K1", "grain zone 是 yes"]),
    (["--as", "桐庐", "title", "register", "L1", "--product", "forest", "--area", "3", "--document", "文号"], 3,
     ["H66-10.1", "省林业局", "--consent"]),
    (["--as", "桐庐", "title", "register", "L1", "--product", "forest", "--area", "3", "--document", "文号", "--consent",
      "林审"], 0, ["标的 title L1", "补充林地", "3.0000"]),
    (["--as", "桐庐", "title", "register", "L3", "--product", "wood", "--area", "3", "--document", "文号"], 2,
     ["'wood'", "不是品种", "planning_space"]),
    (["--as", "桐庐", "deal", "propose", "--buyer", "余杭", "--title", "L1=5"], 3,
     ["H66-21.3", "未开放", "not open", "product open"]),
    (["product", "open", "forest", "--from", "2024-06-01", "--until", "2024-12-31", "--approval", "批准"], 0,
     ["开放品种 product opened", "补充林地", "2024-12-31"]),
    (["--as", "桐庐", "title", "split", "L1", "L2", "--area", "1"], 0, ["L2", "拆分自 split off L1", "1.0000"]),
    (["--as", "桐庐", "title", "split", "K1", "K2", "--area", "1"], 3, ["H66-21.2", "不能拆分", "cannot be divided"]),
    (["--as", "桐庐", "deal", "propose", "--buyer", "余杭", "--title", "L1"], 2, ["--title", "NUMBER=PRICE"]),
    (["--as", "桐庐", "deal", "propose", "--buyer", "余杭", "--title", "L1=5", "--title", "K1=20"], 0,
     ["标的 title L1 @ 5.00", "500 000.00", "挂出 on offer"]),
    (["deal", "ls"], 0, ["标的 title K1 @ 20.00"]),
    (["--as", "桐庐", "title", "use", "L2", "--project", "学校", "--document", "文号"], 0, ["已核销 used", "学校"]),
    (["title", "cancel", "L2", "--document", "文号"], 3, ["LX-title", "已核销使用", "used"]),
    # own needs, gaps, and a balance filled tier by tier
    (["--as", "桐庐", "need", "set", "--instrument", "area", "--quantity", "5", "--document", "文号"], 0,
     ["自用保障 own need", "5.0000", "H66-7.7"]),
    (["--as", "桐庐", "need", "ls"], 0, ["桐庐县", "5.0000 亩"]),
    (["holding", "available", "--unit", "桐庐", "--instrument", "area"], 0, ["自用保障 own need 5.0000"]),
    (["gap", "certify", "--unit", "余杭", "--instrument", "area", "--quantity", "1", "--from", "2024-06-03", "--until",
      "2024-06-30", "--document", "文号"], 0, ["缺口证明 gap certificate", "余杭区", "H66-7.6"]),
    (["gap", "ls"], 0, ["余杭区", "有效 stands"]),
    (["gap", "revoke", "1", "--document", "文号"], 3, ["H66-7.6", "没有第 1 号", "no gap certificate 1"]),
    (["--as", "桐庐", "balance", "open", "--project", "学校", "--area", "2", "--deadline", "2024-12-31", "--document", "文号"], 0,
     ["占补平衡 balance", "学校", "H66-7.1"]),
    (["--as", "桐庐", "balance", "ls"], 0, ["县级平衡 own stock", "用途不符", "跨市调剂 outside", "2.0000"]),
    (["--as", "桐庐", "balance", "fill", "{balance}", "--tier", "outside", "--area", "3", "--price", "20", "--reason", "工期",
      "--document", "文号"], 3, ["H66-7.1", "2.0000", "3.0000"]),
    (["--as", "桐庐", "balance", "fill", "{balance}", "--tier", "outside", "--area", "2", "--price", "20", "--reason", "工期",
      "--document", "文号"], 0, ["跨市调剂 outside", "办结 closed"]),
    (["--as", "桐庐", "balance", "close", "{balance}", "--document", "文号"], 3, ["H66-7.1", "已办结", "closed"]),
    (["--as", "桐庐", "balance", "fill", "1", "--tier", "own", "--document", "文号"], 2, ["--area", "--paddy", "分量"]),
    (["rules", "ls"], 0, ["H66-7.6", "H66-21.4", "LX-hold", "已实现 modelled", "no computable rule"]),
    # the rule sets, a clause under each of them on a day, and in what they differ
    (["policy", "ls"], 0, ["H66-2022", "post-2025", "2027-12-11", "杭政办函〔2022〕66号", "自然资发〔2024〕204号", "[B] 二手来源",
                           "changes no clause", "自然资发〔2021〕178号"]),
    (["policy", "show", "H66-7.2"], 0, ["H66-2022", "20%", "cumulative", "our default, not the law", "2027-12-11"]),
    (["policy", "show", "H66-19.2"], 0, ["750 mu", "flat", "receiver"]),
    (["policy", "show", "H66-7.2", "--on", "2024-12-31", "--rule-set", "post-2025"], 0, ["适用 in force", "20%", "2024-12-31"]),
    (["policy", "show", "H66-7.2", "--on", "2025-01-02", "--rule-set", "post-2025"], 0,
     ["已不适用 no longer in force", "2024-12-31", "自然资发〔2024〕204号", "secondary source", "无 none"]),
    (["policy", "show", "H66-7.2", "--on", "2027-12-12"], 0, ["不在规则集有效期内", "outside the rule set's dates"]),
    (["policy", "diff", "H66-2022", "post-2025"], 0,
     ["11 条不同 differ", "32 条相同 the same", "H66-7.6", "floor_route mountain4 → urban", "H66-6.2", "2025-09-30", "部令17号"]),
    (["policy", "diff", "H66-2022", "post-2025", "--on", "2024-12-31"], 0, ["0 条不同 differ", "43 条相同"]),
    (["policy", "diff", "H66-2022", "post-2025", "--on", "2025-09-30"], 0, ["7 条不同 differ", "H66-7.6"]),
    (["policy", "diff", "H66-2022", "post-2025", "--on", "2025-10-01"], 0, ["11 条不同 differ", "H66-6.5"]),
    (["policy", "diff", "post-2025", "post-2025"], 0, ["0 条不同", "43 条相同"]),
    (["policy", "show", "H66-99"], 5, ["H66-99", "rules ls", "没有条款"]),
    (["policy", "show", "H66-7.2", "--rule-set", "post-2026"], 2, ["--rule-set", "post-2026", "不是规则集", "H66-2022, post-2025"]),
    (["policy", "show", "H66-7.2", "--on", "2024-13-01"], 2, ["--on", "2024-13-01", "YYYY-MM-DD", "不是日期"]),
    (["policy", "diff", "H66-2022", "H66-2023"], 2, ["H66-2023", "is no rule set"]),
    # between governments: figures, funds, tasks, enclaves, reserved scales
    (["standard", "publish", "provincial_protection", "--year", "2024", "--rate", "200"] + STANDARD, 0,
     ["公布年度标准", "省级耕地保护补偿标准", "200 元/亩"]),
    (["standard", "publish", "city_protection", "--year", "2024", "--rate", "199"] + STANDARD, 3,
     ["H66-3.3", "199 元/亩", "200 元/亩", "below the province"]),
    (["standard", "publish", "市级耕地保护补偿标准", "--year", "2024", "--rate", "300"] + STANDARD, 0, ["300 元/亩"]),
    (["standard", "publish", "city_protection", "--year", "2024", "--rate", "310"] + STANDARD, 3, ["已经登记", "standard revoke"]),
    (["--as", "余杭", "standard", "publish", "pbf_price", "--year", "2024", "--rate", "1"] + STANDARD, 3, ["LX-role"]),
    (["standard", "ls", "--year", "2024"], 0, ["city protection standard", "300", "有效 stands"]),
    (["standard", "revoke", "1", "--document", "文号"], 3, ["没有第 1 号有效的年度标准", "no yearly figure 1"]),
    (["standard", "publish", "gold", "--year", "2024", "--rate", "1"] + STANDARD, 2, ["'gold'", "pbf_price", "不认识"]),
    (["standard", "publish", "pbf_price", "--year", "2024", "--rate", "1.5"] + STANDARD, 2,
     ["--rate", "1.5", "yuan per mu", "元/亩"]),
    (["standard", "publish", "pbf_price", "--year", "MMXXIV", "--rate", "1"] + STANDARD, 2, ["--year", "MMXXIV"]),
    (["fund", "deposit", "--unit", "杭州", "--amount", "400", "--document", "凭证"], 0, ["4 000 000.00"]),
    (["fund", "deposit", "--unit", "余杭", "--amount", "100", "--document", "凭证"], 0, ["1 000 000.00"]),
    (["fund", "earmark", "consolidation", "--amount", "300", "--document", "文号"], 0,
     ["划入 earmarked 3 000 000.00", "余额 balance 3 000 000.00", "H66-20"]),
    (["fund", "release", "consolidation", "--amount", "301", "--document", "文号"], 3,
     ["H66-20", "3 000 000.00", "3 010 000.00", "fund earmark"]),
    (["fund", "release", "consolidation", "--amount", "10", "--document", "文号"], 0, ["划回 released 100 000.00", "2 900 000.00"]),
    (["fund", "earmark", "gold", "--amount", "1", "--document", "文号"], 2, ["'gold'", "agriculture", "不认识"]),
    (["fund", "ls"], 0, ["土地整治奖补资金", "2 900 000.00", "our default, not the law"]),
    (["task", "register", "--unit", "建德", "--first-year", "2023", "--area", "100", "--document", "文号"], 0,
     ["2023–2027", "100.0000", "H66-5.1"]),
    (["task", "register", "--unit", "余杭", "--first-year", "2023", "--area", "80", "--document", "文号"], 0, ["余杭区"]),
    (UNDERTAKE + ["--area", "30"], 3, ["H66-5.2", "自身任务 100.0000 亩", "own task"]),
    (["task", "restored", "--unit", "建德", "--first-year", "2023", "--area", "100", "--document", "文号"], 0,
     ["功能恢复 restored", "共 in all 100.0000"]),
    (["task", "restored", "--unit", "建德", "--first-year", "2023", "--area", "1", "--document", "文号"], 3, ["H66-5.1", "只余"]),
    (UNDERTAKE + ["--area", "80"], 3, ["H66-5.2", "部分", "Only part"]),
    (UNDERTAKE + ["--area", "30"], 0, ["有偿承担 undertaking", "5000 元/亩", "指导价 guide 无 none"]),
    (UNDERTAKE + ["--area", "x"], 2, ["--area", "'x'", "4 decimals"]),
    (["task", "ls"], 0, ["2023–2027", "50.0000", "5000"]),
    (ENCLAVE + ["--sender", "建德", "--receiver", "余杭", "--secured", "1501"], 3, ["H66-19.1", "1500.0000", "1501.0000"]),
    (ENCLAVE + ["--sender", "余杭", "--receiver", "建德", "--secured", "1"], 3, ["H66-19.1", "飞出地", "mountain-4"]),
    (["enclave", "register", "floating", *ENCLAVE[3:], "--sender", "建德", "--receiver", "余杭"], 2, ["floating", "ecological"]),
    (ENCLAVE + ["--sender", "建德", "--receiver", "余杭", "--secured", "1500", "--included", "1000"], 0,
     ["核减 task reduced: 余杭区 750.0000"]),
    (["enclave", "agree", "{enclave}", "--area", "10", "--from", "2024-01-01", "--until", "2024-12-31", "--document", "文号"],
     0, ["H66-19.3", "10.0000", "2024-12-31"]),
    (["enclave", "agree", "1", "--area", "10", "--from", "2024-01-01", "--until", "2024-12-31", "--document", "文号"], 3,
     ["没有第 1 号飞地", "enclave register"]),
    (["enclave", "ls"], 0, ["飞地（模拟）", "750.0000", "H66-19.3"]),
    (["scale", "set", "--unit", "桐庐", "--township", "分水镇", "--area", "100", "--document", "文号"], 0,
     ["H66-17", "100.0000", "5.0000"]),
    (["--as", "桐庐", "scale", "use", "tourism", "--township", "分水镇", "--area", "5.0001", "--project", "民宿", "--document",
      "文号"], 3, ["H66-17", "5.0001", "5.0000"]),
    (["--as", "桐庐", "scale", "use", "乡村旅游", "--township", "分水镇", "--area", "4", "--project", "民宿", "--document", "文号"],
     0, ["民宿", "余 left 1.0000"]),
    (["--as", "桐庐", "scale", "use", "mining", "--township", "分水镇", "--area", "1", "--project", "x", "--document", "x"], 2,
     ["'mining'", "cold_chain"]),
    (["scale", "ls"], 0, ["分水镇", "5.0000", "4.0000", "民宿"]),
    # a run: reckoned, proposed, approved by another, paid, reversed. 30 mu × 5 000 = 150 000
    (RECKON + ["restoration"], 0, ["测算：未划转任何资金", "nothing has moved", "余杭区", "建德市", "150 000.00", "H66-5.2",
                                   "run propose"]),
    (["run", "show", "{run}"], 0, ["已测算 reckoned", "150 000.00", "-150 000.00", "run propose"]),
    (["--as", "余杭", "run", "show", "{run}"], 5, ["不归你方查看", "not yours to see"]),
    (["run", "pay", "{run}", "--document", "支付"], 3, ["LX-approval"]),
    (["run", "propose", "{run}", "--document", "支付"], 0, ["报批 proposal", "年度结算支付"]),
    (["approve", "show", "{proposed}"], 0, ["余杭区", "建德市", "150 000.00", "H66-5.2", "未划转任何资金"]),
    (["approve", "pass", "{proposed}"], 3, ["LX-approval", "another person"]),
    (["--as", "bureau#2", "approve", "pass", "{proposed}"], 0, ["已支付 paid", "150 000.00", "余杭区"]),
    (["--as", "余杭", "run", "show", "{run}"], 0, ["已支付 paid", "run reverse"]),
    (["run", "reverse", "{run}", "--document", "冲正"], 0, ["冲正", "建德市", "nothing has moved"]),
    (["run", "reverse", "1", "--document", "冲正"], 3, ["LX-run", "没有第 1 号年度结算", "no run 1"]),
    (["run", "show", "1"], 5, ["没有第 1 号", "run ls"]),
    (RECKON + ["enclave"], 3, ["没有公布", "飞地保护补偿基准价", "standard publish"]),
    (RECKON + ["protection", "--budget", "7617", "--from", YEAR / "protection_2024.csv"], 0,
     ["76 170 000.00", "水稻上浮", "in full 3 600 000.00", "1.2", "H66-3.4"]),
    (RECKON + ["consolidation_reward", "--from", YEAR / "consolidation_2024.csv"], 0, ["3 800 000.00", "1 200 000.00", "H66-8"]),
    (["run", "reckon", "--year", "2020", "--document", "x", "enclave"], 3, ["2020", "2022", "2024"]),
    (["run", "ls"], 0, ["耕地功能恢复有偿承担", "已支付 paid", "已测算 reckoned"]),
    (["run", "net"], 0, ["余杭区", "-150 000.00", "+150 000.00", "合计 sum"]),
    (RECKON + ["gold"], 2, ["'gold'", "homestead_reward", "不认识"]),
    (RECKON + ["protection", "--from", YEAR / "protection_2024.csv"], 2, ["--budget", "万元", "资金总量"]),
    (RECKON + ["protection", "--budget", "1"], 2, ["--from", "CSV", "上报数据"]),
    (RECKON + ["restoration", "--from", YEAR / "pbf_2024.csv"], 2, ["--from", "按登记测算"]),
    (RECKON + ["pbf", "--from", "/nonexistent.csv"], 2, ["/nonexistent.csv", "cannot be read", "无法读取"]),
    (["--propose", "试报"] + RECKON + ["restoration"], 2, ["--propose", "此事不审批"]),
    (["--help"], 0, ["status", "order", "deal", "rules"]),
    # every condition of an order, told with its unit
    (ORDER + ["--area", "1"], 3, ["LX-band", "补充耕地数量", "cap", "money cap"]),
    (ORDER + ["--area", "1", "--cap", "0.5"], 0, ["最优价 at best", "金额上限 cap 5 000.00", "cap spent"]),
    (ORDER + ["--linkage", "20", "--price", "2", "--iceberg", "5", "--gtc"], 0,
     ["5.0000 亩", "iceberg", "撤销前有效", "until cancelled"]),
    (["--as", "余杭", "order", "ls"], 0, ["显示 shown", "20.0000", "5.0000"]),
    (["--as", "余杭", "order", "replace", "{placed}", "--left", "15"], 0, ["减量", "− 5.0000 亩", "15.0000 亩"]),
    (["--as", "余杭", "order", "replace", "{placed}", "--left-before", "20", "--left", "10"], 3,
     ["LX-order", "15.0000", "20.0000"]),
    (["--as", "余杭", "order", "replace", "{placed}", "--price", "2.10"], 0, ["改单 replaced", "15.0000 亩 @ 2.10 万元/亩"]),
    (["--as", "余杭", "order", "cancel-all", "--linkage", "--side", "buy"], 0, ["撤单 cancelled", "余杭区"]),
    (["--as", "余杭", "order", "cancel-all", "--participant", "建德"], 3, ["LX-role"]),
    (["order", "cancel-all", "--participant", "余杭"], 0, ["已执行"]),
    (ORDER + ["--linkage", "1", "--price", "1", "--fok"], 0, ["fill or kill", "not in full", "1.0000 亩"]),
    (ORDER + ["--linkage", "1", "--price", "1", "--ioc"], 0, ["immediate or cancel", "not at once"]),
    (ORDER + ["--linkage", "1", "--price", "99", "--post-only"], 0, ["post-only", "would meet"]),
    (ORDER + ["--linkage", "1", "--price", "1", "--minimum", "0.5"], 0, ["最低 minimum 0.5000 亩", "minimum not met"]),
    (ORDER + ["--linkage", "1", "--price", "99", "--stop", "98", "--all-or-none", "--until-day", "2024-06-07",
              "--self-trade", "cancel-oldest"], 0,
     ["止损", "stop at 98.00 万元/亩", "all or none", "2024-06-07", "cancel the oldest"]),
    (["order", "ls"], 0, ["条件 terms", "stop at 98.00", "all or none"]),
    (["--as", "余杭", "order", "cancel", "{placed}"], 0, ["撤单 cancelled"]),
    (ORDER + ["--linkage", "1", "--price", "1", "--until", "2099-01-01T10:30"], 0, ["有效至 until 10:30:00"]),
    (ORDER + ["--linkage", "1", "--price", "1", "--until", "2020-01-01T10:30"], 3, ["LX-order", "until"]),
    (ORDER + ["--linkage", "1", "--price", "1", "--cap", "3"], 3, ["LX-order", "cap"]),
    (["--as", "余杭", "order", "cancel-all"], 0, ["撤单 cancelled"]),
    # phases by hand, and a call
    (["--as", "余杭", "phase", "set", "halted"], 3, ["LX-role"]),
    (["phase", "set", "continuous"], 3, ["LX-phase", "连续竞价"]),
    (["phase", "set", "call", "--instrument", "linkage"], 0, ["增减挂钩节余：连续竞价 continuous → 集合竞价 call"]),
    (ORDER + ["--linkage", "2", "--price", "30"], 0, ["委托 order", "2.0000 亩 @ 30.00"]),
    (["book", "linkage"], 0, ["集合竞价 call", "指示价 indicative 30.00", "2.0000 亩"]),
    (ORDER + ["--linkage", "1", "--price", "30", "--ioc"], 3, ["LX-phase"]),
    (["phase", "set", "continuous", "--instrument", "linkage"], 0, ["集合竞价成交价 call price 30.00 万元/亩", "2.0000 亩"]),
    # profiles
    (["profile", "show"], 0, ["[[timetable]]", 'at = "09:15"', "random_end_s = 30", "our default, not the law", "模拟"]),
    (["profile", "show", "production"], 0, ["正式", "[[window]]"]),
    (["profile", "set", "production"], 3, ["LX-day", "正在营业"]),
    (["--as", "建德", "profile", "set", "simulation"], 3, ["LX-role"]),
    # not understood: exit 2, the option, the value, what to do
    (["--propose", "试报", "--as", "余杭", "order", "cancel", "1"], 2, ["--propose", "此事不审批"]),
    (["--corrects", "1", "fund", "withdraw", "--unit", "上城", "--amount", "1", "--document", "凭证"], 2,
     ["--corrects", "--propose"]),
    (["approve", "return", "1"], 2, ["--reason", "required"]),
    (["--as", "建德#0", "status"], 2, ["--as", "建德#0", "NAME#1"]),
    (ORDER + ["--area", "1", "--price", "20", "--gtc", "--ioc"], 2, ["--gtc", "--ioc"]),
    (ORDER + ["--area", "1", "--price", "20", "--until", "25:00"], 2, ["--until", "25:00", "HH:MM", "北京时间"]),
    (ORDER + ["--area", "1", "--price", "20", "--until-day", "Friday"], 2, ["--until-day", "Friday", "YYYY-MM-DD"]),
    (ORDER + ["--area", "1", "--price", "20", "--iceberg", "x"], 2, ["--iceberg", "'x'", "4 decimals"]),
    (ORDER + ["--area", "1", "--price", "20", "--minimum", "-1"], 2, ["--minimum", "-1"]),
    (ORDER + ["--area", "1", "--price", "20", "--stop", "20,0"], 2, ["--stop", "20,0", "decimals"]),
    (ORDER + ["--area", "1", "--cap", "much"], 2, ["--cap", "much", "6 decimals", "小数"]),
    (ORDER + ["--area", "1", "--price", "20", "--self-trade", "never"], 2,
     ["--self-trade", "never", "cancel-newest", "decrement", "不是避免自成交的方式"]),
    (["--as", "余杭", "order", "replace", "1"], 2, ["--left", "--price", "at least one"]),
    (["--as", "余杭", "order", "cancel-all", "--side", "both"], 2, ["--side", "both", "buy", "不是买卖方向"]),
    (["--as", "余杭", "order", "cancel-all", "--area", "--linkage"], 2, ["--area", "--linkage"]),
    (["order", "cancel-all"], 2, ["--as"]),
    (["book", "gold"], 2, ["instrument", "gold", "linkage"]),
    (["book", "--levels", "2"], 2, ["--levels", "instrument"]),
    (["book", "area", "--levels", "-1"], 2, ["--levels", "-1"]),
    (["phase", "set", "lunch"], 2, ["phase", "lunch", "no-cancel", "不是交易阶段"]),
    (["profile", "set", "/nonexistent.toml"], 2, ["/nonexistent.toml", "cannot be read", "无法读取", "simulation"]),
    (ORDER + ["--area", "1.00001", "--price", "20"], 2, ["--area", "1.00001", "4 decimals", "4 位小数"]),
    (ORDER + ["--area", "x", "--price", "20"], 2, ["--area", "'x'", "4 decimals", "4 位小数"]),
    (ORDER + ["--area", "1", "--price", "20,00"], 2, ["--price", "20,00", "decimals", "小数"]),
    (ORDER + ["--area", "1", "--paddy", "1", "--price", "20"], 2, ["--area", "--paddy"]),
    (ORDER + ["--sell", "--area", "1", "--price", "20"], 2, ["--buy", "--sell"]),
    (["--as", "建德", "deal", "propose", "--buyer", "北京", "--area", "1", "--price", "20"], 2,
     ["--buyer", "北京", "建德市", "is no unit", "不是区、县（市）"]),
    (["--as", "建德", "deal", "propose", "--buyer", "余杭", "--price", "20"], 2, ["--price", "without a quantity", "无数量"]),
    (PRICE + ["--from", "2024-13-01", "--until", "2024-12-01"], 2, ["--from", "2024-13-01", "YYYY-MM-DD", "不是日期"]),
    (PRICE + ["--from", "2023-02-29", "--until", "2024-12-01"], 2, ["--from", "2023-02-29", "YYYY-MM-DD"]),
    (PLOTS + ["A:1"], 2, ["--plot", "A:1", "NUMBER:MU:GRADE", "地块号"]),
    (PLOTS + ["A:1:300"], 2, ["--plot", "A:1:300", "NUMBER:MU:GRADE"]),
    (["registry", "write-off", "--as", "萧山", "--instrument", "gold", "--quantity", "1", "--project", "x"], 2,
     ["--instrument", "gold", "linkage", "不是指标品种"]),
    (["registry", "file", "--as", "桐庐", "--kind", "gold", "--area", "1", "--project", "x", "--document", "x"], 2,
     ["--kind", "gold", "supplementary", "linkage"]),
    (["order", "cancel"], 2, ["order", "required"]),
    (["order", "cancel", "abc"], 2, ["order", "abc"]),
    (["--port", "abc", "status"], 2, ["--port", "abc"]),
    (["--port", "70000", "status"], 2, ["--port", "70000"]),
    (["status", "--jsn"], 2, ["--jsn", "--help"]),
    (["frobnicate"], 2, ["frobnicate", "--help"]),
    (["order", "frobnicate"], 2, ["frobnicate", "--help"]),
    ([], 2, ["--help"]),
    # nobody, nowhere, nothing
    (["--as", "余杭", "order", "replace", "1", "--left", "1"], 5, ["1", "order ls", "没有在途"]),
    (["--as", "建德#9", "status"], 4, ["建德", "2", "9"]),
    (["--as", "Nowhere", "status"], 4, ["Nowhere", "--as", "people.toml", "没有"]),
    (["--people", "/nonexistent/people.toml", "status"], 4, ["/nonexistent/people.toml", "cannot be read", "无法读取"]),
    (["--token-file", "/nonexistent/token", "status"], 4, ["/nonexistent/token", "无法读取"]),
    (["rules", "explain", "H66-99"], 5, ["H66-99", "rules ls"]),
    (["--port", "1", "status"], 6, ["127.0.0.1:1", "无法连接", "no connection", "is landexd running"]),
]

# A file of facts changed in one place: what stands there instead, the column, the line, and words of the answer.
FACTS = [
    ("余杭区,良好", "余杭,良好", "county", 7, ["余杭", "不是区、县（市）", "is no unit"]),
    ("余杭区,良好", "余杭区,很好", "grade", 7, ["很好", "excellent", "合格"]),
    (",30000,1000,", ",30000亩,1000,", "cultivated_mu", 7, ["30000亩", "digits and a point", "只写数字"]),
    (",30000,1000,", ",30000,,", "non_agricultural_mu", 7, ["write 0", "没有写 0"]),
    ("rice_mu", "rice_ha", "rice_ha", 1, ["no such column", "rice_mu"]),
    ("滨江区,不合格,300,0,0,0,100,", "滨江区,不合格,300,0,0,0,", "", 5, ["7", "8", "cells"]),
]

# A profile's file changed in one place: what stands there instead, and words of the answer.
PROFILES = [
    ('at = "09:15"', 'at = "9.15"', ["9.15", "HH:MM", "不是时刻"]),
    ('to = "call"', 'to = "halted"', ["halted", "closed, call, continuous"]),
    ('kind = "listing"', 'kind = "listing"\nspeed = 3', ["speed", "unknown key", "未知的键"]),
    ("no_cancel_s = 300", 'no_cancel_s = "300"', ["no_cancel_s", "whole number", "须为整数"]),
    ("no_cancel_s = 300", "no_cancel_s = 900", ["timetable[1].at = 09:30", "longer than its no-cancel part", "须长于"]),
    ('"saturday"', '"Saturn"', ["closed_weekdays", "Saturn", "monday"]),
    ("random_end_s = 30", "random_end_s = 4000", ["timetable[1].random_end_s = 4000", "within the range 0 – 1800", "范围"]),
    ("[name]", "[name", ["TOML"]),
]

TABLES = [["holding", "ls"], ["trades"], ["order", "ls"], ["deal", "ls"], ["price", "ls"], ["pool", "status"],
          ["rules", "ls"], ["fund", "ls"], ["standard", "ls"], ["task", "ls"], ["enclave", "ls"], ["scale", "ls"], ["run", "ls"],
          ["run", "net"]]
JSON = [*TABLES, ["status"], ["book"], ["book", "area"], ["rules", "explain", "H66-7.6"],
        ["policy", "ls"], ["policy", "show", "H66-7.6"], ["policy", "diff", "H66-2022", "post-2025"],
        ["fund", "deposit", "--unit", "上城", "--amount", "0.01", "--document", "凭证"],
        ["fund", "withdraw", "--unit", "上城", "--amount", "0.01", "--document", "凭证"],
        PROPOSE + ["--price", "19.99"]]

class Findings:
    def __init__(self):
        self.wrong, self.right = [], 0

    def expect(self, good, text):
        if good:
            self.right += 1
        else:
            self.wrong.append(text)


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cells(line):
    """(first column, last column) on the screen of what stands between gaps of two or more spaces."""
    out = []
    for m in re.finditer(r"\S+(?: \S+)*", line):
        begin = width(line[:m.start()])
        out.append((begin, begin + width(m[0])))
    return out


def misaligned(text):
    """The first line with a cell that begins and ends where no cell of its header does."""
    header = None
    for line in text.splitlines():
        found = cells(line)
        if header is None or len(found) < 2:  # a title, a note, or the header that comes after one
            header = found if len(found) >= 3 else None
            continue
        begins, ends = {b for b, _ in header}, {e for _, e in header}
        if any(b not in begins and e not in ends for b, e in found):
            if len(found) == len(header) and not re.search(r"\d", line):  # the header of the next table
                header = found
                continue
            return line
    return None


class Landex:
    def __init__(self, build, directory, port):
        self.binary = build / "clients/cli/landex"
        self.directory = directory
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(directory),
                            "XDG_STATE_HOME": str(directory / "state"),
                            "LANDEX_PORT": str(port), "LC_ALL": "C.UTF-8"}

    def __call__(self, arguments, text=None, **environment):
        return subprocess.run([self.binary, *arguments], input=text if text is not None else "", capture_output=True,
                              text=True, timeout=30, cwd=self.directory, env={**self.environment, **environment})


def the_table(landex, found):
    numbers = {}
    for arguments, code, words in TABLE:
        arguments = [str(a).format(**numbers) if str(a).startswith("{") else str(a) for a in arguments]
        done = landex(arguments)
        said = done.stdout + done.stderr
        title = "landex " + " ".join(arguments)
        found.expect(done.returncode == code, f"{title}: exit {done.returncode}, wanted {code}\n{said}")
        for w in words:
            found.expect(w in said, f"{title}: '{w}' is not in\n{said}")
        found.expect(not re.search(r"（）|\(\)|\{\w*\}", said), f"{title}: says nothing between two brackets\n{said}")
        if code:
            found.expect(re.search(r"[\u4e00-\u9fff]{2}", said), f"{title}: not in Chinese\n{said}")
        if code == 0 and (n := re.search(r"序号 number (\d+)", said)):
            numbers["run" if {"reckon", "reverse"} & {*arguments} else "enclave" if "enclave" in arguments
                    else "proposed" if "propose" in arguments else "placed" if "place" in arguments
                    else "balance" if "open" in arguments
                    else "approval" if "apply" in arguments else "last"] = n[1]
    done = landex(["--token-file", "-", "status"], text="not-a-token\n")
    found.expect(done.returncode == 4 and "unknown token" in done.stderr and "令牌无效" in done.stderr,
                 f"an unknown token: exit {done.returncode}\n{done.stdout}{done.stderr}")
    done = landex(["--token-file", "-", "status"], text="demo-bureau\n")
    found.expect(done.returncode == 0 and "H66-2022" in done.stdout, f"a token from standard input: {done.stderr}")
    return len(TABLE) + 2


def profiles(landex, found):
    """What `profile show` writes, `profile set` reads; one that is wrong is told with its line and the way out."""
    path = landex.directory / "profile.toml"
    shown = landex(["profile", "show", "simulation"], LANDEX_PORT="1").stdout  # needs no server
    path.write_text(shown)
    again = landex(["profile", "show", path]).stdout
    found.expect(shown and again == shown, f"a profile changes when it is read again:\n{shown}\n{again}")
    path.write_text(shown + '\n[[holiday]]\nfrom = 2024-10-01\nuntil = 2024-10-07\n')
    found.expect("until = 2024-10-07" in landex(["profile", "show", path]).stdout, "a holiday is lost")
    auctions = ("\n[auctions.sealed]\nbids = 100\nbids_per_seat = 2\nroll_over = 4\n\n[auctions.listing]\n"
                "least_notice_s = 3600\nleast_listing_s = 60\ncountdown_s = 300\nseats = 20\n\n"
                "[auctions.listing.late]\nwindow_s = 60\nextension_s = 120\nmost = 3\n")
    path.write_text(shown + auctions)
    found.expect(landex(["profile", "show", path]).stdout == shown + auctions, "a venue's rules of auctions are lost")
    for old, new, words in PROFILES:
        check(old in shown, f"'{old}' does not stand in\n{shown}")
        path.write_text(shown.replace(old, new, 1))
        done = landex(["profile", "set", path])
        found.expect(done.returncode == 2, f"a profile with {new}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        for w in [str(path), "profile show", *words]:
            found.expect(w in done.stderr, f"a profile with {new}: '{w}' is not in\n{done.stderr}")
        if new.startswith(("at", "to", "no_cancel_s = \"")):
            line = shown[:shown.index(old)].count("\n") + 1
            found.expect(f"{path}:{line}:" in done.stderr, f"a profile with {new}: not line {line}\n{done.stderr}")
    # between two days the bureau may set one, and the next day runs by it; a call that still runs is ended by the close
    for arguments, words in ((["phase", "set", "call", "--instrument", "linkage"], ["→ 集合竞价 call"]),
                             (ORDER + ["--linkage", "1", "--price", "30"], ["指示价 indicative price 30.00"]),
                             (["day", "close", "2024-06-03"], ["call price 30.00 万元/亩", "闭市", "收盘 close"]),
                             (["profile", "set", "simulation"], ["场所安排 venue profile: 模拟 simulation"]),
                             (["day", "open", "2024-06-08"], ["2024-06-08"]),  # a Saturday: nothing opens
                             (["book", "area"], ["休市 closed", "昨收 previous close", "涨跌幅 band"])):
        done = landex(arguments)
        found.expect(done.returncode == 0, f"{arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        for w in words:
            found.expect(w in done.stdout, f"{arguments}: '{w}' is not in\n{done.stdout}")
    return len(PROFILES) + 6


def facts(landex, found):
    """The facts of a run with a fault: exit 2, file, line, column, value, remedy; and nothing is reckoned."""
    right = (YEAR / "protection_2024.csv").read_text()
    path = landex.directory / "facts.csv"
    before = landex(["run", "ls"]).stdout
    for old, new, column, line, words in FACTS:
        check(old in right, f"'{old}' does not stand in\n{right}")
        path.write_text(right.replace(old, new, 1))
        done = landex([*RECKON, "protection", "--budget", "7617", "--from", path])
        found.expect(done.returncode == 2, f"facts with {new}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        for w in [f"{path}:{line}", column, "未测算", "nothing was reckoned", *words]:
            found.expect(w in done.stderr, f"facts with {new}: '{w}' is not in\n{done.stderr}")
    found.expect(landex(["run", "ls"]).stdout == before, "a file with a fault was reckoned")
    path.write_text(json.dumps([{"county": "330182", "project": "示范", "base_wan": "100", "document": "评选"}]))
    done = landex([*RECKON, "consolidation_reward", "--from", path])
    found.expect(done.returncode == 0 and "1 200 000.00" in done.stdout, f"facts in JSON: {done.stdout}{done.stderr}")
    return len(FACTS) + 2


def json_everywhere(landex, found):
    for arguments in JSON:
        done = landex([*arguments, "--json"])
        try:
            lines = [json.loads(line) for line in done.stdout.splitlines()]
        except ValueError as e:
            lines, done.stdout = [], f"{e}\n{done.stdout[:300]}"
        found.expect(lines, f"landex {' '.join(arguments)} --json prints what is no JSON: {done.stdout}{done.stderr}")
    watching = subprocess.Popen([landex.binary, "watch", "--json"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                text=True, env=landex.environment)
    client.started.append(watching)
    first = json.loads(watching.stdout.readline())
    found.expect(first["body_type"] == "MarketSnapshot", f"watch begins with {first}")
    landex(["--as", "余杭", "order", "place", "--buy", "--linkage", "1", "--price", "1.01"])
    then = json.loads(watching.stdout.readline())
    found.expect(then["body_type"] in ("MarketIncrement", "Happened"), f"watch goes on with {then}")
    watching.send_signal(signal.SIGINT)
    watching.wait(timeout=10)
    watching.stdout.close()
    return len(JSON) + 1


def rules(landex, found):
    """Every clause of the policy files, and every rule of the house that the list names, can be explained."""
    clauses = [c["id"] for c in tomllib.loads((POLICY / "h66.toml").read_text())["clause"]]
    check(len(clauses) > 40, f"h66.toml has only {len(clauses)} clauses")
    listed = re.findall(r"^((?:H66|LX)-\S+)", landex(["rules", "ls"]).stdout, re.M)
    found.expect(set(clauses) <= set(listed), f"rules ls leaves out {set(clauses) - set(listed)}")
    house = [r for r in listed if r.startswith("LX-")]
    found.expect(len(house) >= 5, f"rules ls names only these rules of the house: {house}")
    for rule in clauses + house:
        done = landex(["rules", "explain", rule])
        text = done.stdout
        found.expect(done.returncode == 0 and text.startswith(rule) and re.search(r"[\u4e00-\u9fff]{4}", text)
                     and re.search(r"[a-z]{3} [a-z]+", text), f"rules explain {rule}: exit {done.returncode}\n{text}")
    explained = landex(["rules", "explain", "H66-7.6"], LANDEX_PORT="1").stdout  # needs no server
    for w in ("第7条", "价格不低于同期跨市调剂价", "mountain4 → urban", "2022-12-12", "2027-12-11", "modelled"):
        found.expect(w in explained, f"rules explain H66-7.6: '{w}' is not in\n{explained}")
    return len(clauses) + len(house)


def alignment(landex, found):
    for arguments in TABLES:
        texts = {}
        for locale in ({"LC_ALL": "C"}, {"LANG": "C", "LC_ALL": ""}, {"LC_ALL": "C.UTF-8"}):
            texts[str(locale)] = landex(arguments, **locale).stdout
        found.expect(len(set(texts.values())) == 1, f"{arguments}: the locale changes what is printed")
        text = texts[str({"LC_ALL": "C"})]
        found.expect(len(text.splitlines()) >= 3, f"{arguments}: no table:\n{text}")
        line = misaligned(text)
        found.expect(line is None, f"{arguments}: under LC_ALL=C a cell stands under no column: {line}\n{text}")
    check(misaligned("区县 a  数量 b  价 c\n建德市  1.00  2\n 1.0   3  4") is not None, "the check of alignment sees nothing")
    return len(TABLES)


async def start_ups(build, directory, found):
    """landexd with bad files and bad options: exit 1 names file and line, exit 2 the option."""
    def changed(name, change):
        place = directory / f"policy-{name}"
        shutil.copytree(POLICY, place)
        for path in sorted(place.iterdir()):
            if path.suffix != ".toml":
                path.unlink()
        return place, change(place)

    def line_of(text, at):
        return text.count("\n", 0, at) + 1

    def unknown_key(place):
        path = place / "h66.toml"
        text = path.read_text().replace('value = "30%"', 'value = "30%"\nspeed = 3', 1)
        path.write_text(text)
        return path, line_of(text, text.index("speed"))

    def no_clause(place):
        path = place / "h66.toml"
        text = path.read_text()
        begin = text.index("[[pooled_share.supplementary_farmland]]")
        text = text[:begin] + text[begin:].replace('clause = "H66-7.2"\n', "", 1)
        path.write_text(text)
        return path, line_of(text, begin)

    def bad_syntax(place):
        path = place / "hangzhou.toml"
        text = path.read_text() + "\n[[unit]\n"
        path.write_text(text)
        return path, line_of(text, len(text) - 1)

    tried = 0
    for name, change in (("unknown-key", unknown_key), ("no-clause", no_clause), ("bad-syntax", bad_syntax)):
        place, (path, line) = changed(name, change)
        server = client.Server(build / "exchange/landexd", directory / f"s-{name}", policy=place).start()
        code, said = await server.ended(), server.log_text()
        found.expect(code == 1 and f"{path}:{line}" in said and re.search(r"[\u4e00-\u9fff]{3}", said),
                     f"landexd with a policy of {name}: exit {code}, wanted 1 and {path.name}:{line}, in both languages"
                     f"\n{said}")
        tried += 1

    people = PEOPLE.read_text()
    bad_people = {
        "bad-role": (people.replace('role = "auditor"', 'role = "king"'), 'role = "king"', "king"),
        "short-token": (people.replace("demo-auditor", "short"), 'token = "short"', "token"),
        "unknown-key": (people + "\nsurname = 1\n", "surname", "surname"),
    }
    for name, (text, mark, word) in bad_people.items():
        path = directory / f"people-{name}.toml"
        path.write_text(text)
        server = client.Server(build / "exchange/landexd", directory / f"p-{name}", people=path).start()
        code, said = await server.ended(), server.log_text()
        named = re.search(re.escape(str(path)) + r":(\d+)", said)
        at = line_of(text, text.index(mark))
        found.expect(code == 1 and named and at - 3 <= int(named[1]) <= at and word in said,
                     f"landexd with people of {name}: exit {code}, wanted 1 and {path.name}:{at}\n{said}")
        tried += 1

    def landexd(*arguments):
        return subprocess.run([build / "exchange/landexd", *map(str, arguments)], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=20, cwd=directory)

    for arguments, code, words in (
            (["serve", "--people", PEOPLE, "--venue", "wonderland"], 2,
             ["--venue", "wonderland", "simulation", "production"]),
            (["serve", "--people", PEOPLE, "--rule-set", "post-2026"], 2, ["--rule-set", "post-2026", "post-2025"]),
            (["serve"], 2, ["--people", "required"]),
            (["serve", "--people", PEOPLE, "--port", "70000"], 2, ["--port", "70000"]),
            (["serve", "--people", "/nonexistent/p.toml"], 1, ["/nonexistent/p.toml", "无法读取", "cannot be read"]),
            (["serve", "--people", PEOPLE, "--policy", "/nonexistent"], 1, ["/nonexistent", "无法读取", "cannot be read"]),
            (["serve", "--people", PEOPLE, "--data", "/proc/nowhere"], 1, ["/proc/nowhere", "磁盘", "disk"]),
            (["serve", "--people", PEOPLE, "--listen", "here", "--data", "d1"], 1, ["here", "无法监听", "cannot listen"]),
            (["audit", "--data", "/nonexistent"], 1, ["/nonexistent"]),
            (["frobnicate"], 2, ["frobnicate"]), ([], 2, ["--help"])):
        done = landexd(*arguments)
        said = done.stdout + done.stderr
        title = "landexd " + " ".join(map(str, arguments))
        found.expect(done.returncode == code, f"{title}: exit {done.returncode}, wanted {code}\n{said}")
        for w in words:
            found.expect(w in said, f"{title}: '{w}' is not in\n{said}")
        tried += 1
    return tried


async def regimes(build, directory, found):
    """Another rule set is taken up like a changed file: at the next start outside a business day."""
    server, tried = client.Server(build / "exchange/landexd", directory / "regimes"), 0
    for rule_set in (None, "post-2025", "post-2025", "H66-2022"):
        server.rule_set = rule_set
        await server.start().ready()
        done = await asyncio.to_thread(Landex(build, directory, server.port), ["status"])
        found.expect(done.returncode == 0 and (rule_set or "H66-2022") in done.stdout,
                     f"landexd --rule-set {rule_set}: landex status says\n{done.stdout}{done.stderr}")
        tried += 1
        await server.stop()
    return tried


async def main(build, directory):
    server = await client.Server(build / "exchange/landexd", directory / "server").start().ready()
    landex, found = Landex(build, directory, server.port), Findings()
    played = landex(["demo", "--once"])
    check(played.returncode == 0, f"landex demo --once: exit {played.returncode}\n{played.stdout}{played.stderr}")
    done = {
        "rows of the table": await asyncio.to_thread(the_table, landex, found),
        "commands with --json": await asyncio.to_thread(json_everywhere, landex, found),
        "rules explained": await asyncio.to_thread(rules, landex, found),
        "tables aligned under LC_ALL=C": await asyncio.to_thread(alignment, landex, found),
        "facts of runs": await asyncio.to_thread(facts, landex, found),
        "profiles": await asyncio.to_thread(profiles, landex, found),
        "starts of landexd": await start_ups(build, directory, found),
        "rule sets of landexd": await regimes(build, directory, found),
    }
    await server.stop()
    print(", ".join(f"{n} {what}" for what, n in done.items()) + f"; {found.right} checks held")
    check(not found.wrong, f"{len(found.wrong)} did not:\n- " + "\n- ".join(found.wrong))


client.run(main)
