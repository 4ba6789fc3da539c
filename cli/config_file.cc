#include "cli/config_file.hh"

#include <CLI/CLI.hpp>

namespace depeche::cli {
namespace {

bool is_section_mark(const CLI::ConfigItem& item) {
  return item.name == "++" || item.name == "--";
}

bool has_option(const CLI::App& command, const std::string& name) {
  const CLI::Option* option = command.get_option_no_throw("--" + name);
  return option != nullptr && option->get_configurable();
}

class ConfigReader : public CLI::ConfigTOML {
 public:
  ConfigReader(const CLI::App& app, Globals& globals) : app_(app), globals_(globals) {}

  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
    std::vector<CLI::ConfigItem> specific, common;  // CLI11 keeps the first value it meets
    for (CLI::ConfigItem& item : CLI::ConfigTOML::from_config(input)) {
      if (is_section_mark(item)) continue;
      if (item.parents.empty()) {
        read_common(item, common);
      } else {
        check(item);
        specific.push_back(std::move(item));
      }
    }
    specific.insert(specific.end(), common.begin(), common.end());
    return specific;
  }

 private:
  void read_common(const CLI::ConfigItem& item, std::vector<CLI::ConfigItem>& out) const {
    if (item.name == "format" && !item.inputs.empty()) {
      globals_.default_format = item.inputs.back();
      return;
    }
    bool known = has_option(app_, item.name);
    if (known) out.push_back(item);
    for (const CLI::App* command : commands()) {
      if (!has_option(*command, item.name)) continue;
      known = true;
      out.push_back(item);
      out.back().parents = {command->get_name()};
    }
    if (!known) refuse(item);
  }

  void check(const CLI::ConfigItem& item) const {
    for (const CLI::App* command : commands()) {
      if (item.parents.size() == 1 && command->get_name() == item.parents.front() && has_option(*command, item.name))
        return;
    }
    refuse(item);
  }

  std::vector<const CLI::App*> commands() const {
    return app_.get_subcommands([](const CLI::App*) { return true; });
  }

  [[noreturn]] static void refuse(const CLI::ConfigItem& item) {
    throw CLI::ConfigError("the configuration file has an unknown option \"" + item.fullname() + "\"",
                           CLI::ExitCodes::ConfigError);
  }

  const CLI::App& app_;
  Globals& globals_;
};

}  // namespace

std::shared_ptr<CLI::Config> config_reader(const CLI::App& app, Globals& globals) {
  return std::make_shared<ConfigReader>(app, globals);
}

}  // namespace depeche::cli
