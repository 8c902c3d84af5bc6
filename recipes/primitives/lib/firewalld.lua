-- Ports of firewalld: in the running rules, and in those for the next start.
local firewalld = {}

-- The commands that show a port's state, for `firewall`. Each firewall-cmd takes half a second.
firewalld.look = [[
  now=$(firewall-cmd --list-all) && {
    kept=$(firewall-cmd --permanent --list-all)
    echo active=yes
    printf '%s\n' "$now" | sed -n 's/^  ports: /running=/p'
    printf '%s\n' "$kept" | sed -n 's/^  ports: /kept=/p; s/^  target: /target=/p'
    [ "$rule" = allow ] ||
      for service in $(printf '%s\n' "$now" "$kept" | sed -n 's/^  services: //p' | tr ' ' '\n' | sort -u); do
        firewall-cmd --permanent --info-service="$service" | sed -n "s/^  ports: /service $service /p"
      done
  }
]]

-- Whether a list such as `22/tcp 6000-6010/udp` has the port.
local function has(list, args)
  for first, last, protocol in (list or ""):gmatch "(%d+)%-?(%d*)/(%a+)" do
    local to = last == "" and first or last
    if protocol == args.protocol and tonumber(first) <= args.port and args.port <= tonumber(to) then return true end
  end
  return false
end

-- The decision of `firewall`.
function firewalld.decide(host, args, now, text)
  if not now.active then
    fail { kind = "refused", message = "firewalld does not run", fix = { "service { \"firewalld\", running = true }" } }
  end
  local word = args.port .. "/" .. args.protocol
  for service, ports in text:gmatch "\nservice (%S+) ([^\n]*)" do
    if has(ports, args) then
      fail { kind = "refused", message = ("firewalld opens %s for the service %s"):format(word, service),
        fix = { ("firewall-cmd --permanent --remove-service=%s; firewall-cmd --reload"):format(service) } }
    end
  end
  local allows, fields = args.rule == "allow", { tool = "firewalld" }
  if not allows and now.target == "ACCEPT" then
    fail { kind = "refused", message = "the default zone of firewalld accepts all connections" }
  end
  local work, back = {}, {}
  for _, place in ipairs { { now.running, "" }, { now.kept, "--permanent " } } do
    if has(place[1], args) ~= allows then
      local form = "firewall-cmd -q " .. place[2] .. "--%s-port=" .. word
      work[#work + 1] = form:format(allows and "add" or "remove")
      back[#back + 1] = form:format(allows and "remove" or "add")
    end
  end
  if #work == 0 then return unchanged(("%s: %s already"):format(word, allows and "allowed" or "denied"), fields) end
  return change(("firewall: %s %s"):format(args.rule, word), function()
    host:run { table.concat(work, " && "), root = true, undo = table.concat(back, "; ") }
  end, fields)
end

return firewalld
