#!/bin/sh
case $1 in
--list) echo '{"web": {"hosts": ["w1", "w2"]}, "solo": {"k": "v"}}' ;;
--host) [ "$2" = w1 ] && echo '{"name": "'"$2"'"}' || echo '{}' ;;
esac
