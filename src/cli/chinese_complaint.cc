#include "cli/chinese_complaint.h"

#include <optional>
#include <regex>
#include <utility>

#include "absl/strings/str_cat.h"

namespace lianhu::cli {
namespace {

// Regular expressions of what is wrong, whole, and what it is called; $1 and $2 are its groups.
constexpr std::pair<const char*, const char*> kPhrases[] = {
    {"value missing", "未填写"},
    {"not a number", "不是数字"},
    {"not a whole number", "不是整数"},
    {"not a whole number (?:>= 0|of 0 or more)", "不是不小于0的整数"},
    {"not a decimal number", "不是数字"},
    {"must not be negative", "不能为负数"},
    {"more than (\\d+) decimals", "小数超过$1位"},
    {"out of range", "超出范围"},
    {"out of range (\\S+) to (\\S+)", "超出范围，应为$1至$2"},
    {"not a time", "不是时间"},
    {"not a time such as (.+?)(?: or .+)?", "不是时间，应如$1"},
    {"neither yes nor no|not yes or no|must be yes or no", "应填是或否"},
    {"is there twice", "重复出现"},
    {"is there already", "已经有了"},
    {"(?:id |household )?is there already, in row (\\d+)", "第$1行已经有了"},
    {"is in this group already, in row (\\d+)", "第$1行已在该群中"},
    {"has a row for this period already, row (\\d+)", "本期已有一行：第$1行"},
    {"has a row already, row (\\d+)", "已有一行：第$1行"},
    {"the sum over the periods leaves 64 bits", "各期合计超出范围"},
    {"is missing", "没有这一列"},
    {"is missing; the columns are '(.*)'", "没有这一列；文件中的列为“$1”"},
    {"not in (.+)", "在$1中没有"},
    {"unknown steward, not in (.+)", "没有这名红管事，$1中没有"},
    {"unknown steward, has no facts", "没有这名红管事的事实数据"},
    {"unknown unit, not in (.+)", "没有这个单位，$1中没有"},
    {"the household's steward is '(.*)'", "该户的红管事是“$1”"},
    {"no fact of the checklist", "考评表中没有这项事实"},
    {"is counted from (.+) already", "已由$1统计，不能再填"},
    {"the sum is out of range", "合计超出范围"},
    {"the steward is not rated, but has a total", "该红管事未评定，却填有总分"},
    {"the ratio is above 1.*", "比率大于1：完成数多于应完成数"},
    {"more than there are households", "多于总户数"},
    {"not a distance in metres", "不是以米计的距离"},
    {"has (\\d+) fields, the header has (\\d+)", "有$1个字段，表头有$2个"},
    {"a quote is out of place or not closed", "引号位置不对或没有成对"},
    {"the file is empty", "文件是空的"},
    {"no such file", "没有这个文件"},
    {"is a directory, not a file", "是文件夹，不是文件"},
    {"is UTF-16 text; save it as UTF-8 or GB18030", "是UTF-16编码，请另存为UTF-8或GB18030"},
    {"neither UTF-8 nor GB18030 text: bad byte at offset (\\d+)", "既不是UTF-8也不是GB18030编码，第$1字节有误"},
    {"no text: byte 0 at offset (\\d+)", "不是文本文件，第$1字节为0"},
    {"has no stewards", "没有红管事"},
    {"before the notice was sent", "早于通知发出的时间"},
    {"takes no part in the notice", "不在通知范围内"},
    {"holds this unit already and cannot stand in for himself", "已是本单位负责人，不能兼任自己的AB岗"},
    {"a spreadsheet has rounded this code; enter it as text", "编码被表格软件四舍五入了，请按文本填写"},
    {"no such household", "没有这一户"},
    {"no such steward", "没有这名红管事"},
    {"no such category", "没有这个类别"},
    {"is registered already", "已经登记过"},
    {"has not been registered by then", "当时还没有登记"},
    {"must not be null", "不能为空"},
};

std::optional<std::string> Said(const std::string& phrase) {
  std::smatch match;
  for (const auto& [english, chinese] : kPhrases) {
    if (std::regex_match(phrase, match, std::regex(english))) return match.format(chinese);
  }
  return std::nullopt;
}

}  // namespace

std::string ChineseComplaint(absl::string_view complaint) {
  constexpr size_t kLongest = 2000;  // std::regex recurses
  std::string text(complaint.substr(0, kLongest));
  if (complaint.size() > kLongest) return std::string(complaint);
  static const std::regex row_and_column("(.+?): row (\\d+), column ([^:]+): (.+?)(?:: '(.*)')?");
  static const std::regex row("(.+?): row (\\d+): (.+)");
  static const std::regex place("(--[a-z-]+|[^:]+\\.[a-zA-Z0-9]+): (.+?)(?:: '(.*)')?");
  std::smatch match;
  const auto value = [&](size_t group) {
    return match[group].matched ? absl::StrCat("：“", match[group].str(), "”") : std::string();
  };
  if (std::regex_match(text, match, row_and_column)) {
    return absl::StrCat(match[1].str(), "：第", match[2].str(), "行“", match[3].str(), "”列：",
                        Said(match[4].str()).value_or(match[4].str()), value(5));
  }
  if (std::regex_match(text, match, row)) {
    return absl::StrCat(match[1].str(), "：第", match[2].str(), "行：", Said(match[3].str()).value_or(match[3].str()));
  }
  if (std::regex_match(text, match, place)) {
    if (const auto said = Said(match[2].str())) return absl::StrCat(match[1].str(), "：", *said, value(3));
  }
  return text;
}

}  // namespace lianhu::cli
