// private_cluster.hpp: a PostgreSQL for the tests alone: made and started when first asked for, under the build
// directory, as another user where the test is root (PostgreSQL refuses root), on a unix socket and no port, without
// fsync; it ends with the process that started it, however that ends, and its files are removed when it ends cleanly.
// Nothing of a PostgreSQL that runs on the machine is touched. One thread.
#pragma once
#include <string>

namespace landex::testing {

/// The address of a database that is new and empty. Empty if PostgreSQL cannot be started; why is in `why`.
std::string fresh_postgres_database(std::string& why);

}  // namespace landex::testing
