// The demo's first page: what was planned, drawn, routed, passed on, scored and divided, with a way to each file.
#ifndef LIANHU_EXAMPLES_JILI_STREET_PAGE_H_
#define LIANHU_EXAMPLES_JILI_STREET_PAGE_H_

#include <string>

#include "drawing.h"
#include "evaluation.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/io/street.h"
#include "month.h"
#include "outreach.h"
#include "planning.h"
#include "roads.h"

namespace jili {

// index.html, in Chinese: it loads nothing and links to the other files of the folder.
std::string Page(const lianhu::io::Street& files, const lianhu::assignment::Plan& plan, const Walks& walks,
                 const Merchants& merchants, const DrawnStreet& drawn, const Month& month, const Outreach& outreach,
                 const Evaluation& evaluation);

}  // namespace jili

#endif  // LIANHU_EXAMPLES_JILI_STREET_PAGE_H_
