// The text of an expression, read from left to right.
#ifndef LIANHU_SRC_ROUTING_SCANNER_H_
#define LIANHU_SRC_ROUTING_SCANNER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lianhu/routing/decimal.h"
#include "lianhu/routing/expression.h"

namespace lianhu::routing {

// Names may hold blanks and signs, so there is no lexer before the parser: it takes what may stand where it is, and
// where a name may stand, the longest known one. The first error stays in status_.
class Scanner {
 protected:
  Scanner(absl::string_view text, const Names& names) : text_(text), names_(names) {}

  void Fail(absl::string_view message);
  bool failed() const { return !status_.ok(); }

  void SkipBlanks();  // and comments
  bool AtEnd();
  absl::string_view Rest();
  bool TakeSign(absl::string_view sign);
  bool SeesWord(absl::string_view word);
  bool TakeWord(absl::string_view word);
  void Expect(absl::string_view sign);
  void ExpectWord(absl::string_view word);

  // The longest name that is known here, or nothing.
  size_t KnownName(std::string* name);
  // One word, when no known name fits.
  size_t Word(absl::string_view rest) const;
  std::string TakeName();
  // A name that is being defined: words up to one of the signs, or up to `keyword`.
  std::string TakeNewName(absl::string_view stops, absl::string_view keyword);
  // From a digit, or a point before one.
  std::optional<Decimal> TakeNumber();
  // From its opening quotation mark to its closing one.
  std::string TakeString();

  absl::string_view text_;
  const Names& names_;
  Names local_;
  size_t at_ = 0;
  absl::Status status_;

 private:
  uint32_t HexDigits(size_t count);
};

}  // namespace lianhu::routing

#endif  // LIANHU_SRC_ROUTING_SCANNER_H_
