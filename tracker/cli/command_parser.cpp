#include "tracker/cli/command_parser.h"

#include <cstdio>
#include <deque>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "tracker/cli/messages.h"
#include "tracker/core/environment.h"
#include "tracker/core/nearest_name.h"

namespace nosetip {
namespace {

// " (1 to 100)", " (at least 1)" or nothing, for the help.
std::string RangeText(const OptionRef& option) {
  using Limits = std::numeric_limits<double>;
  const auto number = [](double value) {
    std::string text = fmt::format("{:f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    return text.back() == '.' ? text.substr(0, text.size() - 1) : text;
  };
  if (!option.choices.empty() || option.low == Limits::lowest()) return "";
  if (option.high == Limits::max()) return fmt::format(" (at least {})", number(option.low));
  return fmt::format(" ({} to {})", number(option.low), number(option.high));
}

// Refuses "--csv=faces.csv". `problem` is what is then printed.
CLI::Validator NoValue(const std::string& problem) {
  const auto check = [problem](const std::string& value) -> std::string {
    if (value == "true" || value == "false") return "";  // CLI11's own for --flag and --no-flag
    throw CLI::ArgumentMismatch(problem);
  };
  return {check, ""};
}

template <typename Value>
CLI::Option* AddOne(CLI::App& app, const OptionRef& option, Value& value) {
  const std::string flag = fmt::format("--{}", option.name);
  const std::string help(option.help);
  if constexpr (std::is_same_v<Value, bool>) {
    if (!value) return app.add_flag(flag, value, help + " (off)");
    return app.add_flag(fmt::format("{},!--no-{}", flag, option.name), value, help + " (on)");
  } else {
    CLI::Option* added = app.add_option(flag, value, help + RangeText(option));
    bool has_default = true;
    if constexpr (std::is_same_v<Value, std::vector<std::string>>) has_default = !value.empty();
    return has_default ? added->capture_default_str() : added;
  }
}

CLI::Option* Add(CLI::App& app, const OptionRef& option, const std::string& group) {
  CLI::Option* added =
      std::visit([&](auto* value) { return AddOne(app, option, *value); }, option.value);
  if (!option.choices.empty()) {
    added->check(
        CLI::IsMember(std::vector<std::string>(option.choices.begin(), option.choices.end())));
  }
  if (std::holds_alternative<bool*>(option.value)) {
    const std::string remedy = group == CommandParser::kOutputs ? ": results go to --out" : "";
    const bool has_no_form = added->get_lnames().size() > 1;
    const std::string subject = has_no_form ? fmt::format("--{0} and --no-{0} take", option.name)
                                            : fmt::format("--{} takes", option.name);
    added->check(NoValue(fmt::format("{} no value{}", subject, remedy)));
  }
  added->group(group)->required(option.required);
  return added;
}

std::vector<std::string> CommandsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!command->get_group().empty()) names.push_back(command->get_name());
  }
  return names;
}

constexpr const char* kHelpHint = "Run with --help for more information.\n";

// What the first word that `app` does not know may have meant; empty where nothing is like it.
std::string HintFor(const CLI::App& app) {
  const CLI::App* chosen = &app;
  while (!chosen->get_subcommands().empty()) chosen = chosen->get_subcommands().front();
  const std::vector<std::string> commands = CommandsOf(*chosen);
  std::vector<std::string> options;
  for (const CLI::Option* option : chosen->get_options()) {
    for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
  }
  for (const std::string& word : app.remaining(/*recurse=*/true)) {
    if (word.starts_with("--")) {
      const std::string hint = DidYouMean(word.substr(0, word.find('=')), options);
      if (!hint.empty()) return fmt::format("unknown option {}{}\n", word, hint);
    } else if (!commands.empty() && !word.starts_with('-')) {
      return fmt::format("unknown command {}{}\n", word, DidYouMean(word, commands));
    }
  }
  return "";
}

}  // namespace

struct CommandParser::Impl {
  std::unique_ptr<CLI::App> owned;  // null for a command
  CLI::App* app = nullptr;
  std::deque<CommandParser> commands;
  std::map<std::string, bool*, std::less<>> to_stdout;  // by flag, with dashes

  // Without each "-" that chooses standard output, as CLI11 would take it for an argument.
  std::vector<const char*> WithoutStdout(std::span<const char* const> arguments) {
    std::vector<const char*> kept;
    bool options = true;
    for (const char* argument : arguments) {
      const std::string_view word = argument;
      if (word == "--") options = false;
      const auto before = kept.empty() ? to_stdout.end() : to_stdout.find(kept.back());
      const bool assigned = word.ends_with("=-");
      const auto named = assigned ? to_stdout.find(word.substr(0, word.size() - 2)) : before;
      if (!options || named == to_stdout.end() || (word != "-" && !assigned)) {
        kept.push_back(argument);
        continue;
      }
      *named->second = true;
      if (assigned) kept.push_back(named->first.c_str());
    }
    return kept;
  }
};

CommandParser::CommandParser(const std::string& description) : impl_(std::make_unique<Impl>()) {
  impl_->owned = std::make_unique<CLI::App>(description);
  impl_->app = impl_->owned.get();
  const auto version = [app = impl_->app] {
    return fmt::format("{} {}", std::filesystem::path(app->get_name()).filename().string(),
                       ThisEnvironment().nosetip_version);
  };
  impl_->app->set_version_flag("--version", version, "Print the version and exit");
}

CommandParser::CommandParser(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CommandParser::~CommandParser() = default;
CommandParser::CommandParser(CommandParser&&) noexcept = default;

CommandParser& CommandParser::AddCommand(const std::string& name, const std::string& help,
                                         bool hidden) {
  auto command = std::make_unique<Impl>();
  command->app = impl_->app->add_subcommand(name, help);
  if (hidden) command->app->group("");
  impl_->app->require_subcommand(1);
  impl_->commands.push_back(CommandParser(std::move(command)));
  return impl_->commands.back();
}

void CommandParser::AddOptionRefs(std::span<const OptionRef> options, const std::string& group) {
  for (const OptionRef& option : options) {
    CLI::Option* added = Add(*impl_->app, option, group);
    if (!std::holds_alternative<std::vector<std::string>*>(option.value)) added->take_last();
  }
}

void CommandParser::AddOption(OptionRef option, const std::vector<std::string>& choices) {
  if (!choices.empty()) option.choices = choices;
  CLI::Option* added = Add(*impl_->app, option, "Options");
  using Limits = std::numeric_limits<double>;
  if (option.low != Limits::lowest() || option.high != Limits::max()) {
    // The help has the range already.
    added->check(CLI::Range(option.low, option.high).description(""));
  }
}

void CommandParser::AllowStdout(const std::string& flag, bool& to_stdout) {
  impl_->to_stdout["--" + flag] = &to_stdout;
}

void CommandParser::AddArguments(const OptionRef& argument) {
  const std::string name(argument.name);
  const std::string help(argument.help);
  if (const auto* one = std::get_if<std::string*>(&argument.value)) {
    impl_->app->add_option(name, **one, help)->required(argument.required);
  } else {
    auto& all = *std::get<std::vector<std::string>*>(argument.value);
    impl_->app->add_option(name, all, help)->required(argument.required);
  }
}

std::optional<int> CommandParser::Parse(std::span<const char* const> arguments) {
  try {
    const std::vector<const char*> kept = impl_->WithoutStdout(arguments);
    impl_->app->parse(static_cast<int>(kept.size()), kept.data());
  } catch (const CLI::ParseError& error) {
    std::ostringstream out, problem;
    const int exit_code = impl_->app->exit(error, out, problem);
    Print("{}", out.str());
    const std::string hint = exit_code == 0 ? "" : HintFor(*impl_->app);
    const std::string what = hint.empty() ? problem.str() : hint + kHelpHint;
    std::fputs(SafeText(what).c_str(), stderr);
    return exit_code;
  }
  return std::nullopt;
}

bool CommandParser::IsChosen() const { return impl_->app->parsed(); }

bool CommandParser::IsGiven(const std::string& option) const {
  return impl_->app->count("--" + option) > 0;
}

std::string CommandParser::Help() const { return impl_->app->help(); }

}  // namespace nosetip
