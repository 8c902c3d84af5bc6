#include <ctype.h>
#include <string.h>

#include "run.h"

/* Before 5.4.7, Lua finds the name of a value in `a.b.c.d` by a recursion as deep as the chain is long, and scans the
 * function's code again at each step: a chain of 100,000 fields takes seconds and then crashes. The scanner below is
 * exact only for valid Lua; the compiler reports the rest. */

/* Lua itself allows no more than 200 nested brackets. */
#define MAX_NESTING 255

typedef struct Level {
  /* Fields and indexes in the current expression, and the longest chain of any expression before. */
  int chain, deepest;
  int is_index;
} Level;

typedef struct Scan {
  const char *at, *end;
  Level levels[MAX_NESTING + 1];
  int depth;
  /* Whether a field, an index or a call may follow the last token. */
  int is_primary;
  int is_after_dot;
} Scan;

static int peek(const Scan *s, ptrdiff_t offset) {
  return s->end - s->at > offset ? (unsigned char)s->at[offset] : -1;
}

/* Skips a long bracket; returns 0 when there is none. */
static int skip_long(Scan *s) {
  ptrdiff_t level = 0;
  while (peek(s, 1 + level) == '=') level++;
  if (peek(s, 1 + level) != '[') return 0;
  s->at += level + 2;
  for (;;) {
    const char *close = memchr(s->at, ']', (size_t)(s->end - s->at));
    if (close == NULL) {
      s->at = s->end;
      return 1;
    }
    s->at = close + 1;
    ptrdiff_t count = 0;
    while (peek(s, count) == '=') count++;
    if (count != level || peek(s, count) != ']') continue;
    s->at += count + 1;
    return 1;
  }
}

static void skip_comment(Scan *s) {
  s->at += 2;
  if (peek(s, 0) == '[' && skip_long(s)) return;
  while (s->at < s->end && *s->at != '\n' && *s->at != '\r') s->at++;
}

static void skip_quoted(Scan *s) {
  char quote = *s->at++;
  for (; s->at < s->end && *s->at != quote; s->at++)
    if (*s->at == '\\' && s->end - s->at > 1) s->at++;
  if (s->at < s->end) s->at++;
}

static void skip_number(Scan *s) {
  for (;;) {
    int c = peek(s, 0);
    if ((c == 'e' || c == 'E' || c == 'p' || c == 'P') && (peek(s, 1) == '+' || peek(s, 1) == '-'))
      s->at += 2;
    else if (c == '.' || (c >= 0 && isalnum(c)))
      s->at++;
    else
      return;
  }
}

/* Whether the word is a name rather than a keyword of Lua. */
static int skip_word(Scan *s) {
  static const char *const words[] = {"and", "break", "do",   "else", "elseif", "end",   "false", "for",
                                      "function", "goto", "if", "in",     "local", "nil",   "not",
                                      "or",  "repeat", "return", "then", "true", "until", "while", NULL};
  const char *start = s->at;
  while (s->at < s->end && (isalnum((unsigned char)*s->at) || *s->at == '_')) s->at++;
  size_t length = (size_t)(s->at - start);
  for (const char *const *word = words; *word != NULL; word++)
    if (strlen(*word) == length && memcmp(*word, start, length) == 0) return 0;
  return 1;
}

static int most(int a, int b) { return a > b ? a : b; }

static void finish(Scan *s, int is_primary) {
  Level *level = &s->levels[s->depth];
  level->deepest = most(level->deepest, level->chain);
  level->chain = 0;
  s->is_primary = is_primary;
}

static int open_bracket(Scan *s, int is_index) {
  if (s->depth == MAX_NESTING) return 0;
  if (!is_index) finish(s, 0);
  s->is_primary = 0;
  s->levels[++s->depth] = (Level){0, 0, is_index};
  return 1;
}

/* A chain may continue after a bracketed expression, and inside an index; the longer of the two counts. */
static void close_bracket(Scan *s, int is_table) {
  finish(s, 1);
  if (s->depth == 0) return;
  Level inner = s->levels[s->depth--];
  Level *level = &s->levels[s->depth];
  if (inner.is_index)
    level->chain = most(level->chain, inner.deepest) + 1;
  else
    level->chain = is_table ? 0 : inner.deepest;
}

/* Reads one token; returns 0 when the rest need not be read. */
static int step(Scan *s) {
  int c = peek(s, 0), next = peek(s, 1);
  if (isspace(c)) {
    s->at++;
    return 1;
  }
  if (c == '-' && next == '-') {
    skip_comment(s);
    return 1;
  }
  int is_field = s->is_after_dot;
  s->is_after_dot = 0;
  if (c == '"' || c == '\'') {
    skip_quoted(s);
    finish(s, 1);
  } else if (c == '[' && (next == '[' || next == '=') && skip_long(s)) {
    finish(s, 1);
  } else if (isdigit(c) || (c == '.' && isdigit(next))) {
    skip_number(s);
    finish(s, 0);
  } else if (isalpha(c) || c == '_') {
    int is_name = skip_word(s);
    if (is_field)
      s->is_primary = 1;
    else
      finish(s, is_name);
  } else {
    s->at++;
    switch (c) {
      case '.':
        s->is_after_dot = next != '.' && s->is_primary;
        if (s->is_after_dot)
          s->levels[s->depth].chain++;
        else
          finish(s, 0);
        break;
      case '[': return open_bracket(s, s->is_primary);
      case '(':
      case '{': return open_bracket(s, 0);
      case ']':
      case ')': close_bracket(s, 0); break;
      case '}': close_bracket(s, 1); break;
      default: finish(s, 0);
    }
  }
  return 1;
}

int sr_find_long_chain(const char *text, size_t length) {
  Scan s = {.at = text, .end = text + length};
  while (s.at < s.end && step(&s)) {
    if (s.levels[s.depth].chain <= SR_MAX_CHAIN) continue;
    int line = 1;
    for (const char *at = text; at < s.at; at++) line += *at == '\n';
    return line;
  }
  return 0;
}
