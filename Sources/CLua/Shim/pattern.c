#include "pattern.h"

#include <ctype.h>
#include <string.h>

/* Between two checks of the clock: about a millisecond. */
#define STEPS_PER_CHECK 65536
/* Each repeated item takes one C frame while the rest of the pattern is tried. */
#define MAX_DEPTH 1000
#define DEPTH_PER_CHECK 64

enum { LITERAL, ANY, SET, OPEN, POSITION, CLOSE, BACK, BALANCE, FRONTIER, SUBJECT_END, FINISH };
enum { ONCE, OPTIONAL, GREEDY, LAZY };

/* ---- compiling ---- */

typedef struct Compiler {
  lua_State *L;
  const char *at, *end;
  int open[SR_MAX_CAPTURES];
  int open_count;
  size_t work;
  sr_Pattern *pattern;
} Compiler;

static void add(sr_Item *item, int byte) { item->set[byte >> 5] |= (uint32_t)1 << (byte & 31); }

static int is_zero(int byte) { return byte == 0; }

/* Adds the bytes of the class named by `letter`; an upper-case letter is the complement. */
static void add_class(Compiler *c, sr_Item *item, unsigned char letter) {
  int (*is)(int) = NULL;
  switch (tolower(letter)) {
    case 'a': is = isalpha; break;
    case 'c': is = iscntrl; break;
    case 'd': is = isdigit; break;
    case 'g': is = isgraph; break;
    case 'l': is = islower; break;
    case 'p': is = ispunct; break;
    case 's': is = isspace; break;
    case 'u': is = isupper; break;
    case 'w': is = isalnum; break;
    case 'x': is = isxdigit; break;
    case 'z': is = is_zero; break; /* deprecated since 5.2, but still supported */
  }
  if (is == NULL) {
    add(item, letter);
    return;
  }
  c->work += 256;
  for (int byte = 0; byte < 256; byte++)
    if ((is(byte) != 0) != (isupper(letter) != 0)) add(item, byte);
}

static unsigned char escaped(Compiler *c) {
  if (c->at == c->end) luaL_error(c->L, "malformed pattern (ends with '%%')");
  return (unsigned char)*c->at++;
}

/* After the opening bracket. A ']' that comes first stands for itself. */
static void compile_set(Compiler *c, sr_Item *item) {
  int complement = c->at < c->end && *c->at == '^';
  if (complement) c->at++;
  item->kind = SET;
  for (int first = 1;; first = 0) {
    if (c->at == c->end) luaL_error(c->L, "malformed pattern (missing ']')");
    unsigned char byte = (unsigned char)*c->at++;
    if (byte == ']' && !first) break;
    if (byte == '%') {
      if (c->at == c->end) luaL_error(c->L, "malformed pattern (missing ']')");
      add_class(c, item, (unsigned char)*c->at++);
    } else if (c->end - c->at >= 2 && c->at[0] == '-' && c->at[1] != ']') {
      c->work += 256;
      for (int b = byte; b <= (unsigned char)c->at[1]; b++) add(item, b);
      c->at += 2;
    } else {
      add(item, byte);
    }
  }
  if (complement)
    for (int i = 0; i < 8; i++) item->set[i] = ~item->set[i];
}

static void compile_repeat(Compiler *c, sr_Item *item) {
  item->repeat = ONCE;
  if (c->at == c->end) return;
  switch (*c->at) {
    case '?': item->repeat = OPTIONAL; break;
    case '*': item->repeat = GREEDY; break;
    case '+': item->repeat = GREEDY; item->least = 1; break;
    case '-': item->repeat = LAZY; break;
    default: return;
  }
  c->at++;
}

static void compile_back_reference(Compiler *c, sr_Item *item, int digit) {
  int index = digit - '1';
  int bad = index < 0 || index >= c->pattern->captures;
  for (int i = 0; i < c->open_count && !bad; i++) bad = c->open[i] == index;
  if (bad) luaL_error(c->L, "invalid capture index %%%d in pattern", index + 1);
  item->kind = BACK;
  item->a = (unsigned char)index;
}

static void compile_escape(Compiler *c, sr_Item *item) {
  unsigned char letter = escaped(c);
  if (letter == 'b') {
    if (c->end - c->at < 2) luaL_error(c->L, "malformed pattern (missing arguments to '%%b')");
    item->kind = BALANCE;
    item->a = (unsigned char)*c->at++;
    item->b = (unsigned char)*c->at++;
  } else if (letter == 'f') {
    if (c->at == c->end || *c->at != '[') luaL_error(c->L, "missing '[' after '%%f' in pattern");
    c->at++;
    compile_set(c, item);
    item->kind = FRONTIER;
  } else if (isdigit(letter)) {
    compile_back_reference(c, item, letter);
  } else {
    item->kind = isalnum(letter) ? SET : LITERAL;
    item->a = letter;
    if (item->kind == SET) add_class(c, item, letter);
    compile_repeat(c, item);
  }
}

static void compile_open(Compiler *c, sr_Item *item) {
  if (c->pattern->captures >= SR_MAX_CAPTURES) luaL_error(c->L, "too many captures");
  item->a = (unsigned char)c->pattern->captures++;
  if (c->at < c->end && *c->at == ')') {
    c->at++;
    item->kind = POSITION;
    return;
  }
  item->kind = OPEN;
  c->open[c->open_count++] = item->a;
}

static void compile_item(Compiler *c, sr_Item *item) {
  char byte = *c->at++;
  switch (byte) {
    case '(': compile_open(c, item); return;
    case ')':
      if (c->open_count == 0) luaL_error(c->L, "invalid pattern capture");
      item->kind = CLOSE;
      item->a = (unsigned char)c->open[--c->open_count];
      return;
    case '%': compile_escape(c, item); return;
    case '$':
      if (c->at == c->end) {
        item->kind = SUBJECT_END;
        return;
      }
      break;
    case '[':
      compile_set(c, item);
      compile_repeat(c, item);
      return;
    case '.':
      item->kind = ANY;
      compile_repeat(c, item);
      return;
  }
  item->kind = LITERAL;
  item->a = (unsigned char)byte;
  compile_repeat(c, item);
}

sr_Pattern *sr_pattern_compile(lua_State *L, const char *text, size_t length, int iterating) {
  /* Every item takes at least one byte of the text. A pattern far longer than the limit is a mistake. */
  if (length > 100000) luaL_error(L, "pattern too long (limit is 100000 bytes)");
  sr_Pattern *pattern = lua_newuserdatauv(L, sizeof *pattern + (length + 1) * sizeof(sr_Item), 0);
  Compiler c = {.L = L, .at = text, .end = text + length, .pattern = pattern};
  pattern->captures = 0;
  pattern->anchored = !iterating && length > 0 && *text == '^';
  if (pattern->anchored) c.at++;
  sr_Item *item = pattern->items;
  for (; c.at < c.end; item++) {
    memset(item, 0, sizeof *item);
    compile_item(&c, item);
  }
  if (c.open_count > 0) luaL_error(L, "unfinished capture");
  sr_charge(L, c.work + length);
  memset(item, 0, sizeof *item);
  item->kind = FINISH;
  return pattern;
}

/* ---- matching ---- */

void sr_pattern_charge(sr_Matcher *m, size_t steps) {
  size_t total = m->steps + steps;
  if (total < STEPS_PER_CHECK) {
    m->steps = (uint32_t)total;
    return;
  }
  m->steps = 0;
  sr_run(m->L)->instructions += total;
  sr_check(m->L);
}

static int in_set(const sr_Item *item, unsigned char byte) { return item->set[byte >> 5] >> (byte & 31) & 1; }

static int test(const sr_Item *item, unsigned char byte) {
  if (item->kind == LITERAL) return byte == item->a;
  return item->kind == ANY || in_set(item, byte);
}

static const char *balance(sr_Matcher *m, const sr_Item *item, const char *s) {
  if (s == m->end || (unsigned char)*s != item->a) return NULL;
  size_t depth = 1;
  const char *at = s + 1;
  for (; at < m->end; at++) {
    /* The closing byte is tested first, since both bytes may be the same. */
    if ((unsigned char)*at == item->b) {
      if (--depth == 0) break;
    } else if ((unsigned char)*at == item->a) {
      depth++;
    }
  }
  sr_pattern_charge(m, (size_t)(at - s));
  return at == m->end ? NULL : at + 1;
}

/* Captures need no rollback: only its own item writes each, and does so again before any later item reads it. */
static const char *match(sr_Matcher *m, const char *s, const sr_Item *item, int depth) {
  if (depth > MAX_DEPTH) luaL_error(m->L, "pattern too complex");
  if (depth % DEPTH_PER_CHECK == DEPTH_PER_CHECK - 1) sr_check_stack(m->L, SR_TO_CALL);
  for (;; item++) {
    sr_pattern_charge(m, 1);
    switch (item->kind) {
      case FINISH: return s;
      case SUBJECT_END:
        if (s != m->end) return NULL;
        continue;
      case OPEN: m->captures[item->a].start = s; continue;
      case POSITION:
        m->captures[item->a].start = s;
        m->captures[item->a].length = SR_POSITION;
        continue;
      case CLOSE: m->captures[item->a].length = s - m->captures[item->a].start; continue;
      case BACK: {
        ptrdiff_t length = m->captures[item->a].length;
        if (length == SR_POSITION || m->end - s < length) return NULL;
        sr_pattern_charge(m, (size_t)length);
        if (memcmp(m->captures[item->a].start, s, (size_t)length) != 0) return NULL;
        s += length;
        continue;
      }
      case BALANCE:
        s = balance(m, item, s);
        if (s == NULL) return NULL;
        continue;
      case FRONTIER: {
        unsigned char before = s == m->start ? 0 : (unsigned char)s[-1];
        unsigned char after = s == m->end ? 0 : (unsigned char)*s;
        if (in_set(item, before) || !in_set(item, after)) return NULL;
        continue;
      }
    }
    const char *found;
    switch (item->repeat) {
      case ONCE:
        if (s == m->end || !test(item, (unsigned char)*s)) return NULL;
        s++;
        continue;
      case OPTIONAL:
        if (s < m->end && test(item, (unsigned char)*s)) {
          found = match(m, s + 1, item + 1, depth + 1);
          if (found != NULL) return found;
        }
        continue;
      case GREEDY: {
        ptrdiff_t n = 0;
        while (n < m->end - s && test(item, (unsigned char)s[n])) n++;
        sr_pattern_charge(m, (size_t)n);
        if (n < item->least) return NULL;
        for (; n > item->least; n--) {
          found = match(m, s + n, item + 1, depth + 1);
          if (found != NULL) return found;
        }
        s += item->least;
        continue;
      }
      default: /* LAZY */
        for (;; s++) {
          found = match(m, s, item + 1, depth + 1);
          if (found != NULL) return found;
          if (s == m->end || !test(item, (unsigned char)*s)) return NULL;
        }
    }
  }
}

const char *sr_pattern_match(sr_Matcher *m, const char *at) { return match(m, at, m->pattern->items, 0); }

const char *sr_pattern_search(sr_Matcher *m, const char **at) {
  for (;; (*at)++) {
    const char *found = sr_pattern_match(m, *at);
    if (found != NULL || m->pattern->anchored || *at == m->end) return found;
  }
}
