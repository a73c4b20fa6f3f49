// The templates of data/templates, compiled in.
#ifndef LIANHU_SRC_REPORT_CARD_TEMPLATES_H_
#define LIANHU_SRC_REPORT_CARD_TEMPLATES_H_

namespace lianhu::report {

extern const char* const kCardTemplates[2][4];  // by Language, by CardKind

}  // namespace lianhu::report

#endif  // LIANHU_SRC_REPORT_CARD_TEMPLATES_H_
