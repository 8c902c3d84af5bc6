#ifndef SSH_RECIPES_CLUA_H
#define SSH_RECIPES_CLUA_H
#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>
#endif
