#include "web/host_check.hh"

#include <gtest/gtest.h>

namespace depeche::web {
namespace {

TEST(HostCheck, AgainstDnsRebinding) {
  const std::vector<std::string> allowed = {"depeche.example"};
  for (const char* good : {"localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080", "[::1]",
                           "192.168.1.2:80", "a.localhost", "Depeche.Example:443"}) {
    EXPECT_TRUE(is_allowed_host(good, allowed)) << good;
  }
  for (const char* bad :
       {"", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "localhost:x", "localhost:", "[::1",
        "localhost:123456", "depeche.example.evil", "localhost@evil.example", "127.0.0.1 evil"}) {
    EXPECT_FALSE(is_allowed_host(bad, allowed)) << bad;
  }
}

}  // namespace
}  // namespace depeche::web
