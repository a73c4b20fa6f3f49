#include <cstdio>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/group_files.h"

namespace lianhu::cli {
namespace {

struct Arguments {
  io::UnitFiles units;
  std::string posts;
  std::string plan;
  std::string before;
  std::string groups;
  std::string changes;
};

std::string Sentences(const io::GroupTable& table, bool chinese) {
  const auto& groups = table.groups;
  std::string text =
      chinese ? absl::StrCat("群组：街道指挥群", groups[0], "个，社区骨干群", groups[1], "个，网格工作群", groups[2],
                             "个，红管事联户群", groups[3], "个\n成员：共", table.rows.size(), "人（户）次\n")
              : absl::StrCat("groups:  ", groups[0], " command, ", groups[1], " backbone, ", groups[2], " operating, ",
                             groups[3], " household\nmembers: ", table.rows.size(), " in all\n");
  if (table.households_without_group > 0) {
    absl::StrAppend(&text, table.households_without_group,
                    chinese ? "户无人负责，不在任何群\n" : " households have nobody and are in no group\n");
  }
  if (!table.without_post.empty()) {
    absl::StrAppend(&text, table.without_post.size(),
                    chinese ? "名红管事没有岗位，不在网格工作群，例如"
                            : " stewards of the plan hold no post and are in no operating group, such as ",
                    table.without_post.front(), "\n");
  }
  if (!table.strangers.empty()) {
    absl::StrAppend(&text, table.strangers.size(),
                    chinese ? "户在联户方案中而不在组织体系中，例如"
                            : " households of the plan are not among those of the tree, such as ",
                    table.strangers.front(), "\n");
  }
  if (!table.without_group.empty()) {
    absl::StrAppend(&text, table.without_group.size(),
                    chinese ? "个单位本级和下级均无人任职，没有群，例如"
                            : " units have no group, for no post of theirs or right below is filled, such as ",
                    table.without_group.front(), "\n");
  }
  return text;
}

std::string ChangeSentence(const std::vector<io::GroupChange>& changes, bool chinese) {
  int64_t joins = 0;
  int64_t leaves = 0;
  int64_t roles = 0;
  std::set<std::string> groups;
  for (const io::GroupChange& change : changes) {
    ++(change.change == "joins" ? joins : change.change == "leaves" ? leaves : roles);
    groups.insert(change.group);
  }
  return chinese ? absl::StrCat("变动：", joins, "个加入，", leaves, "个退出，", roles, "个改变身份，涉及",
                                groups.size(), "个群\n")
                 : absl::StrCat("changes: ", joins, " join, ", leaves, " leave, ", roles, " change their role, in ",
                                groups.size(), " groups\n");
}

ExitCode Groups(const Arguments& arguments, Session& session) {
  const absl::StatusOr<io::UnitTable> units = io::ReadUnits(arguments.units);
  if (!units.ok()) return Complain(units.status());
  const absl::StatusOr<io::PostTable> posts = io::ReadPosts(arguments.posts, *units);
  if (!posts.ok()) return Complain(posts.status());
  std::optional<io::HouseholdLinks> links;
  if (!arguments.plan.empty()) {
    absl::StatusOr<io::HouseholdLinks> read = io::ReadHouseholdLinks(arguments.plan);
    if (!read.ok()) return Complain(read.status());
    links = *std::move(read);
  }
  const absl::StatusOr<io::GroupTable> table = io::MakeGroups(*units, *posts, links ? &*links : nullptr);
  if (!table.ok()) return Complain(table.status());

  std::vector<io::FileContent> outputs{{arguments.groups, io::FormatGroupsCsv(*table)}};
  std::string changed;
  if (!arguments.before.empty()) {
    const absl::StatusOr<std::vector<io::GroupRow>> before = io::ReadGroups(arguments.before);
    if (!before.ok()) return Complain(before.status());
    const absl::StatusOr<std::vector<io::GroupChange>> changes = io::CompareGroups(*before, table->rows);
    if (!changes.ok()) return Complain(changes.status());
    if (!arguments.changes.empty()) outputs.push_back({arguments.changes, io::FormatGroupChangesCsv(*changes)});
    changed = ChangeSentence(*changes, session.chinese());
  }
  if (auto status = io::WriteFiles(outputs); !status.ok()) return Complain(status);
  absl::PrintF("%s%s", Sentences(*table, session.chinese()), changed);
  return kDone;
}

}  // namespace

void AddGroups(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("groups", "Contact groups: who belongs in which, who joins and who leaves.");
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("--hierarchy", arguments->units.units, "the units: code,parent,level,name")
      ->required()
      ->type_name("FILE");
  command->add_option("--posts", arguments->posts, "who holds which unit: unit,holder,stand_in")
      ->required()
      ->type_name("FILE");
  command->add_option("--plan", arguments->plan, "who serves which household: household,steward")->type_name("FILE");
  CLI::Option* before =
      command->add_option("--before", arguments->before, "the groups of last time, to compare with")->type_name("FILE");
  command->add_option("--out", arguments->groups, "write the groups, a row a member")
      ->required()
      ->type_name(kOutputFile);
  command->add_option("--changes", arguments->changes, "write who joins and who leaves")
      ->needs(before)
      ->type_name(kOutputFile);
  command->callback([arguments, &session] { session.exit_code = Groups(*arguments, session); });
}

}  // namespace lianhu::cli
