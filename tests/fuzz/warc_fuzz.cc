// The whole way of a WARC file: written to memory, sniffed, unpacked, cut into records, parsed.
#include <sys/mman.h>
#include <unistd.h>

#include "tests/fuzz/ingest_fuzz.hh"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace depeche::ingest;
  const int fd = ::memfd_create("fuzz", 0);
  if (fd < 0 || ::write(fd, data, size) != static_cast<ssize_t>(size)) std::abort();
  ReadOptions options{.french_only = false, .max_record_bytes = 1u << 20};
  RecordReader reader({"/proc/self/fd/" + std::to_string(fd)}, options);
  ArticleParser parser(options);
  CheckingSink sink;
  RawRecord raw;
  while (reader.next(raw)) parser.parse(raw, sink);
  for (const Rejection& rejection : reader.take_rejections()) sink.reject(rejection.where, rejection.why);
  ::close(fd);
  return 0;
}
