#include "entities/tagger_model.hh"

#include <string>

#include "entities/embedded.hh"

DEPECHE_EMBEDDED(tagger_model)

namespace depeche::entities {
namespace {

static_assert(sizeof(TaggerModelHeader) % 4 == 0 && sizeof(TaggerModelRow) == 12);

tl::unexpected<Error> unusable(const std::string& why) {
  return failure(ErrorCode::kIndexVersion, "the tagger model cannot be used: " + why,
                 "train it again with scripts/train, or use the one that came with this version");
}

// A model without a single weight: everything is O. Stands in when the built-in one cannot be used.
const TaggerModel& empty_model() {
  static const struct {
    TaggerModelHeader header;
    TaggerModelRow row;
  } file;
  static const TaggerModel model = *TaggerModel::open({reinterpret_cast<const char*>(&file), sizeof file});
  return model;
}

}  // namespace

Result<TaggerModel> TaggerModel::open(std::string_view bytes) {
  TaggerModel model;
  if (bytes.size() < sizeof(TaggerModelHeader)) return unusable("it is too short");
  model.header_ = reinterpret_cast<const TaggerModelHeader*>(bytes.data());
  const TaggerModelHeader& header = *model.header_;
  if (header.magic != TaggerModelHeader{}.magic) return unusable("it is no model of this program");
  if (header.version != kTaggerModelVersion || header.labels != kLabels) {
    return unusable("it has version " + std::to_string(header.version) + ", this program reads " +
                    std::to_string(kTaggerModelVersion));
  }
  if (header.log2_rows > 24 ||
      bytes.size() != sizeof(TaggerModelHeader) + (sizeof(TaggerModelRow) << header.log2_rows)) {
    return unusable("its size is not the one that its header states");
  }
  model.rows_ = reinterpret_cast<const TaggerModelRow*>(bytes.data() + sizeof(TaggerModelHeader));
  model.mask_ = (std::uint64_t{1} << header.log2_rows) - 1;
  return model;
}

const TaggerModel& TaggerModel::built_in() {
  static const Result<TaggerModel> model = open(embedded_tagger_model());
  return model ? *model : empty_model();
}

}  // namespace depeche::entities
