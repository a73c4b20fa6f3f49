/* The work calendar, the router and the docket of cases. Included by lianhu.h, whose rules hold here.
 *
 * Instants are UTC seconds from 2000 to 2199, LIANHU_NONE where there is none. A time budget is an amount on a clock:
 * seconds for the clocks of hours, days for those of days. */
#ifndef LIANHU_ABI_DOCKET_H_
#define LIANHU_ABI_DOCKET_H_

#include <lianhu/capi/base.h>
#include <lianhu/capi/hierarchy.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Calendar: when a limit in office time runs out ---- */

#define LIANHU_CLOCK_CONTINUOUS_HOURS 0 /* U */
#define LIANHU_CLOCK_WORKING_HOURS 1    /* H */
#define LIANHU_CLOCK_WORKING_DAYS 2     /* W: the day of the start does not count; ends when the office closes */
#define LIANHU_CLOCK_CALENDAR_DAYS 3    /* D: likewise; ends at 23:59:59 */

typedef struct lianhu_calendar lianhu_calendar;

typedef struct lianhu_calendar_options {
  uint32_t struct_size;
  int32_t as_of;        /* day since 1970-01-01 by whose end lists were known; LIANHU_NONE (the default): all are */
  const char* zone;     /* nullable: Asia/Shanghai; a name of the zone database or +08:00 */
  const char* hours;    /* nullable: 08:30-12:00,14:00-17:30 */
  const char* holidays; /* nullable: China's lists 2018-2026; the path of a CSV file first,last,day */
} lianhu_calendar_options;

LIANHU_API int32_t lianhu_calendar_options_init(lianhu_calendar_options* options, uint32_t struct_size);

/* `options` is nullable. Errors name the option, or the file with row, column and value. */
LIANHU_API int32_t lianhu_calendar_create(const lianhu_calendar_options* options, lianhu_calendar** out,
                                          lianhu_error* error);

/* When each budget that begins at its start is spent: `count` entries in and out. Budgets up to ten years. O(log n). */
LIANHU_API int32_t lianhu_calendar_add(const lianhu_calendar* calendar, const int64_t* starts, const int64_t* amounts,
                                       const int32_t* clocks, int64_t count, int64_t* out_dues, lianhu_error* error);

/* The amount of a clock from a[i] to b[i], negative when b is before a: seconds or days. */
LIANHU_API int32_t lianhu_calendar_between(const lianhu_calendar* calendar, int32_t clock, const int64_t* a,
                                           const int64_t* b, int64_t count, int64_t* out_amounts, lianhu_error* error);

LIANHU_API void lianhu_calendar_free(lianhu_calendar* calendar);

/* ---- Router: help, mediate or report; who, where and by when ---- */

#define LIANHU_MODE_HELP 0
#define LIANHU_MODE_MEDIATE 1
#define LIANHU_MODE_REPORT 2

#define LIANHU_CODES_CATEGORY 0
#define LIANHU_CODES_DEPARTMENT 1
#define LIANHU_CODES_RULE 2 /* of table T1 */
#define LIANHU_CODES_ACTION 3
#define LIANHU_CODES_GROUP 4
#define LIANHU_CODES_ACCOMPANIMENT 5 /* rules of table T2 */

#define LIANHU_FIRST_PLACE 0 /* an event: the place first, the owner second */
#define LIANHU_FIRST_OWNER 1 /* a facility: its owner first */

typedef struct lianhu_router lianhu_router;

/* `folder` is nullable: the default tables; else the folder of a town's own (docs/formats.md, "Routing tables"). The
 * calendar is copied. Errors name the file, row, column and value, or the table and rule. */
LIANHU_API int32_t lianhu_router_create(const lianhu_calendar* calendar, const char* folder, lianhu_router** out,
                                        lianhu_error* error);

/* The code of an entry of a list, 0 <= index: "02", "civil_affairs". `out_size` receives the bytes needed, the final
 * zero included, or 0 when the list has no such entry; what fits in `capacity` is written to `out_text` and ended by a
 * zero byte. `out_text` may be null when `capacity` is 0. */
LIANHU_API int32_t lianhu_router_code(const lianhu_router* router, int32_t list, int32_t index, char* out_text,
                                      int64_t capacity, int64_t* out_size, lianhu_error* error);

/* Columns of `count` issues. */
typedef struct lianhu_issues {
  uint32_t struct_size;
  int64_t count;
  const int32_t* categories; /* indices of LIANHU_CODES_CATEGORY */
  const int32_t* severities; /* 1..4 */
  const int32_t* spreads;    /* 1..4; nullable: 1 */
  const int32_t* powers;     /* 0 or 1; nullable: 0 */
  const int32_t* attempts;   /* >= 0; nullable: 0 */
  const int32_t* places;     /* units of the hierarchy */
  const int64_t* times;      /* instants */
} lianhu_issues;

LIANHU_API int32_t lianhu_issues_init(lianhu_issues* issues, uint32_t struct_size);

/* Columns that the caller owns, each nullable or with an entry for each issue. */
typedef struct lianhu_decisions {
  uint32_t struct_size;
  int32_t* modes;       /* LIANHU_MODE_... */
  int32_t* units;       /* where it goes */
  int32_t* people;      /* who acts there; LIANHU_NONE: nobody up to the root */
  int32_t* post_units;  /* the unit whose post that is */
  int32_t* post_kinds;  /* LIANHU_HOLDER or LIANHU_STAND_IN */
  int32_t* departments; /* indices of LIANHU_CODES_DEPARTMENT */
  int32_t* rules;       /* indices of LIANHU_CODES_RULE */
  int64_t* respond_by;
  int64_t* resolve_by;
  int64_t* stop_by; /* LIANHU_NONE where nothing is to be stopped */
  int32_t* firsts;  /* LIANHU_FIRST_... */
  /* The limits as amounts on clocks, as lianhu_registrations takes them. */
  int64_t* respond_amounts;
  int32_t* respond_clocks;
  int64_t* resolve_amounts;
  int32_t* resolve_clocks;
  /* Departments that join, those of issue i from join_offsets[i] to join_offsets[i + 1]: count + 1 offsets, of which
   * the last is the capacity needed. What fits in the capacity is written. */
  int64_t* join_offsets;
  int64_t join_capacity;
  int32_t* joins; /* indices of LIANHU_CODES_DEPARTMENT */
  /* What goes with it by table T2, likewise; LIANHU_NONE where a row names no action, group or department. */
  int64_t* accompaniment_offsets;
  int64_t accompaniment_capacity;
  int32_t* accompaniment_actions;     /* indices of LIANHU_CODES_ACTION */
  int32_t* accompaniment_groups;      /* indices of LIANHU_CODES_GROUP: who is to be told */
  int32_t* accompaniment_departments; /* indices of LIANHU_CODES_DEPARTMENT */
  int32_t* accompaniment_rules;       /* indices of LIANHU_CODES_ACCOMPANIMENT */
} lianhu_decisions;

LIANHU_API int32_t lianhu_decisions_init(lianhu_decisions* decisions, uint32_t struct_size);

/* Routes all issues or, on an error, writes nothing. `absent` are `absent_count` people who are away. Errors name the
 * column and row, also where no rule of T1 matches or several do. */
LIANHU_API int32_t lianhu_router_route(const lianhu_router* router, const lianhu_posts* posts, const int32_t* absent,
                                       int64_t absent_count, const lianhu_issues* issues,
                                       const lianhu_decisions* decisions, lianhu_error* error);

LIANHU_API void lianhu_router_free(lianhu_router* router);

/* ---- Docket: cases and their timers ---- */

#define LIANHU_CASE_REGISTERED 0
#define LIANHU_CASE_ACCEPTED 1
#define LIANHU_CASE_ASSIGNED 2
#define LIANHU_CASE_IN_HAND 3
#define LIANHU_CASE_ANSWERED 4
#define LIANHU_CASE_CLOSED 5
#define LIANHU_CASE_RATED 6
#define LIANHU_CASE_RETURNED 7
#define LIANHU_CASE_EXTENDED 8
#define LIANHU_CASE_DEFERRED 9
#define LIANHU_CASE_REOPENED 10

#define LIANHU_EVENT_ACCEPT 0
#define LIANHU_EVENT_ASSIGN 1
#define LIANHU_EVENT_TAKE 2
#define LIANHU_EVENT_ANSWER 3
#define LIANHU_EVENT_CLOSE 4
#define LIANHU_EVENT_RATE 5
#define LIANHU_EVENT_RETURN 6
#define LIANHU_EVENT_EXTEND 7
#define LIANHU_EVENT_DEFER 8
#define LIANHU_EVENT_SUSPEND 9
#define LIANHU_EVENT_RESUME 10
#define LIANHU_EVENT_REOPEN 11

#define LIANHU_ACTION_ASK 0
#define LIANHU_ACTION_TRANSFER 1
#define LIANHU_ACTION_WARN 2
#define LIANHU_ACTION_INFORM 3
#define LIANHU_ACTION_ESCALATE 4
#define LIANHU_ACTION_SUPERVISE 5
#define LIANHU_ACTION_GIVE_BACK 6
#define LIANHU_ACTION_HAND_OVER 7
#define LIANHU_ACTION_FOLLOW_UP 8

typedef struct lianhu_docket lianhu_docket;

/* An empty docket. The posts and the calendar are copied. `router` is nullable: the default escalation; else that of
 * its table T3. `absent` are `absent_count` people who are away from the start. */
LIANHU_API int32_t lianhu_docket_create(const lianhu_posts* posts, const lianhu_calendar* calendar,
                                        const lianhu_router* router, const int32_t* absent, int64_t absent_count,
                                        lianhu_docket** out, lianhu_error* error);

/* Columns of `count` cases, in order of time. */
typedef struct lianhu_registrations {
  uint32_t struct_size;
  int64_t count;
  const int32_t* places;     /* units: where it happened */
  const int32_t* offices;    /* units: who is asked first, and so responsible */
  const int32_t* categories; /* any numbers; nullable: 0 */
  const int32_t* severities; /* 1..4; nullable: 1 */
  const int64_t* amounts;    /* the limits */
  const int32_t* clocks;
  const int64_t* times;           /* instants */
  const int64_t* respond_amounts; /* limits of the first response, at most the limit; nullable: 0, none */
  const int32_t* respond_clocks;  /* nullable: those of the limits */
} lianhu_registrations;

LIANHU_API int32_t lianhu_registrations_init(lianhu_registrations* registrations, uint32_t struct_size);

/* Cases are numbered in order of registration; `out_first` (nullable) receives the number of the first. An error names
 * the row at fault, before which everything has been registered. */
LIANHU_API int32_t lianhu_docket_register(lianhu_docket* docket, const lianhu_registrations* registrations,
                                          int32_t* out_first, lianhu_error* error);

/* Columns of `count` events, in order of time. */
typedef struct lianhu_case_events {
  uint32_t struct_size;
  int64_t count;
  const int32_t* cases;
  const int32_t* kinds;   /* LIANHU_EVENT_... */
  const int32_t* units;   /* assign: who is asked; accept, take, return: who acts; nullable: LIANHU_NONE */
  const int64_t* amounts; /* extend: time granted on the clock of the limit; nullable: 0 */
  const int32_t* good;    /* close: resolved; rate: satisfied; 0 or 1; nullable: 1 */
  const int64_t* times;   /* instants */
} lianhu_case_events;

LIANHU_API int32_t lianhu_case_events_init(lianhu_case_events* events, uint32_t struct_size);

/* Applies events, the timers before each. One that is not legal in its case's state is LIANHU_INVALID_ARGUMENT with the
 * legal ones in its sentence, and the row; events before that row have been applied, the rest has not. */
LIANHU_API int32_t lianhu_docket_apply(lianhu_docket* docket, const lianhu_case_events* events, lianhu_error* error);

/* Lets the clock run: all timers up to and including `at` go off. */
LIANHU_API int32_t lianhu_docket_advance(lianhu_docket* docket, int64_t at, lianhu_error* error);

/* From `at` on a person is away (1) or back (0): cases go to the stand-in, or return. O(cases). */
LIANHU_API int32_t lianhu_docket_set_absent(lianhu_docket* docket, int32_t person, int32_t absent, int64_t at,
                                            lianhu_error* error);

/* The running cases whose limit ends at or before `at`, by due instant: `out_count` receives how many, what fits in
 * `capacity` is written. */
LIANHU_API int32_t lianhu_docket_due(const lianhu_docket* docket, int64_t at, int32_t* out_cases, int64_t capacity,
                                     int64_t* out_count, lianhu_error* error);

/* Columns by case and by action. They live until the docket changes or is freed. */
typedef struct lianhu_docket_view {
  uint32_t struct_size;
  int32_t open; /* cases that are not answered, closed or rated */
  int64_t now;
  int64_t case_count;
  const int32_t* states;     /* LIANHU_CASE_... */
  const int32_t* units;      /* that are responsible */
  const int32_t* people;     /* who acts there, or LIANHU_NONE */
  const int32_t* asked;      /* units asked that have not accepted, or LIANHU_NONE */
  const int32_t* breaches;   /* how many */
  const int32_t* reopened;   /* how often */
  const int32_t* supervised; /* 0 or 1 */
  const int32_t* resolved;   /* 0 or 1; LIANHU_NONE: not known */
  const int32_t* satisfied;  /* 0 or 1; LIANHU_NONE: not known */
  const int64_t* dues;       /* LIANHU_NONE where the clock stands */
  const int64_t* answered;
  const int64_t* closed;
  int64_t action_count; /* of all actions since the docket was created, in order */
  const int32_t* action_kinds;
  const int32_t* action_cases;
  const int32_t* action_values; /* per cent for warn and inform, which breach for escalate and supervise */
  const int32_t* action_units;
  const int32_t* action_people;
  const int64_t* action_times;
  /* By case: seconds from an answer or closing to the reopening after it, the least; LIANHU_NONE: never reopened. */
  const int64_t* shortest_stand;
} lianhu_docket_view;

LIANHU_API int32_t lianhu_docket_view_init(lianhu_docket_view* view, uint32_t struct_size);

/* O(cases + new actions) after a change, else O(1). One thread at a time. */
LIANHU_API int32_t lianhu_docket_get(lianhu_docket* docket, lianhu_docket_view* out, lianhu_error* error);

/* From `at` on another calendar holds, which is copied: running limits are counted anew from when their clocks last
 * started. O(cases). */
LIANHU_API int32_t lianhu_docket_revise(lianhu_docket* docket, const lianhu_calendar* calendar, int64_t at,
                                        lianhu_error* error);

/* What the figures are counted by: a column has an entry for each unit, over its sub-tree, or for each level of the
 * responsible units, 0 to the deepest of the hierarchy. */
#define LIANHU_FIGURES_BY_PLACE 0       /* where it happened */
#define LIANHU_FIGURES_BY_RESPONSIBLE 1 /* who has to answer for it now */
#define LIANHU_FIGURES_BY_LEVEL 2

#define LIANHU_AGE_CLASSES 6 /* at most 1, 3, 7, 15, 30 days since registration, and more */

/* Columns that the caller owns, each nullable or with `capacity` entries. A rate is met / due; where nothing is due it
 * does not apply. */
typedef struct lianhu_figures {
  uint32_t struct_size;
  int64_t capacity;
  int64_t* cases;
  int64_t* open;
  int64_t* stopped;          /* open, suspended or deferred */
  int64_t* overdue;          /* open with a breach */
  int64_t* supervised;       /* open, under supervision */
  int64_t* reopened;         /* times */
  int64_t* response_due;     /* response limits met or past */
  int64_t* response_met;     /* within them */
  int64_t* resolution_due;   /* closed */
  int64_t* resolution_met;   /* as resolved */
  int64_t* satisfaction_due; /* rated */
  int64_t* satisfaction_met; /* satisfied */
  int64_t* in_time_due;      /* answered, or open with a breach */
  int64_t* in_time_met;      /* answered within the limit */
  int64_t* open_by_age;      /* capacity x LIANHU_AGE_CLASSES, row by row */
} lianhu_figures;

LIANHU_API int32_t lianhu_figures_init(lianhu_figures* figures, uint32_t struct_size);

/* The figures of the docket at its last instant. `out_count` receives how many entries there are; what fits in the
 * capacity is written. O(cases + units). */
LIANHU_API int32_t lianhu_docket_figures(const lianhu_docket* docket, int32_t by, const lianhu_figures* figures,
                                         int64_t* out_count, lianhu_error* error);

LIANHU_API void lianhu_docket_free(lianhu_docket* docket);

#ifdef __cplusplus
}
#endif

#endif /* LIANHU_ABI_DOCKET_H_ */
