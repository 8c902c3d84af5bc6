local co = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(wait(i)) end end) return co(), co()
