// Decision tables inside Cap'n Proto messages: on their own, and in models.
#ifndef LIANHU_IO_TABLE_MESSAGE_H_
#define LIANHU_IO_TABLE_MESSAGE_H_

#include <string>
#include <vector>

#include "io/snapshot_message.h"
#include "lianhu/routing/table.h"
#include "schema/table.capnp.h"

namespace lianhu::io {

inline kj::StringPtr MessageText(const std::string& text) {
  return {text.c_str(), text.size()};
}

inline std::string StringOf(capnp::Text::Reader text) {
  return {text.begin(), text.size()};
}

template <typename ListBuilder>
void FillTexts(const std::vector<std::string>& texts, ListBuilder list) {
  for (size_t i = 0; i < texts.size(); ++i) list.set(static_cast<unsigned>(i), MessageText(texts[i]));
}

// Asks for each text once: a message may not make its reader visit more words than it has.
inline std::vector<std::string> CopyTexts(capnp::List<capnp::Text>::Reader list) {
  std::vector<std::string> texts;
  for (const auto text : list) texts.push_back(StringOf(text));
  return texts;
}

void FillTable(const routing::DecisionTable& table, schema::DecisionTable::Builder root);
absl::StatusOr<routing::DecisionTable> TableFromMessage(schema::DecisionTable::Reader root,
                                                        const MessageExtent& extent);

}  // namespace lianhu::io

#endif  // LIANHU_IO_TABLE_MESSAGE_H_
