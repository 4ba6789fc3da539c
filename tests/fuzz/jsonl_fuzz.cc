#include "tests/fuzz/ingest_fuzz.hh"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return depeche::ingest::fuzz_record(depeche::ingest::Format::kJsonl, data, size);
}
