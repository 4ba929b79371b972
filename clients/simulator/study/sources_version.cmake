# Writes OUT, a header that names the commit of ROOT, if it says something else already. Run by every build, so that a
# study says which program played it; no git, no commit: "unknown".
execute_process(COMMAND git -C ${ROOT} describe --always --dirty --abbrev=12 OUTPUT_VARIABLE version
                OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed OR version STREQUAL "")
  set(version unknown)
endif()
file(CONFIGURE OUTPUT ${OUT} CONTENT "#define LANDEX_SOURCES_VERSION \"${version}\"\n")
