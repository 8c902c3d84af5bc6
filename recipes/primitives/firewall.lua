-- Ports of the host's firewall.
local shell = require "primitives.lib.shell"
local firewalld = require "primitives.lib.firewalld"
local nftables = require "primitives.lib.nftables"

local look = [[
has() { command -v "$1" >/dev/null; }
if has ufw; then
  echo tool=ufw
  ufw status | grep -q '^Status: active' && echo active=yes
  ufw status | sed -n "s|^$port/$protocol  *\([A-Z]*\).*|\1|p" | head -n 1 | tr A-Z a-z | sed 's/^/now=/'
elif has firewall-cmd; then
  echo tool=firewalld
]] .. firewalld.look .. [[
elif [ -x /sbin/procd ] && has uci; then
  echo tool=openwrt
  uci -q get firewall.ssh_recipes_"$protocol$port".target | tr A-Z a-z | sed 's/^accept$/now=allow/; s/^drop$/now=deny/'
elif has nft; then
  echo tool=nftables
  for config in /etc/nftables.nft /etc/sysconfig/nftables.conf /etc/nftables.conf; do
    [ ! -f "$config" ] || echo "config=$config"
  done
  [ ! -d /run/systemd/system ] || echo "boot=$(systemctl is-enabled nftables)"
  nft -n list ruleset
fi
exit 0
]]

primitive {
  summary = "Opens or closes a port in the host's firewall.",
  needs = { "files", "run", "root" },
  params = {
    { "port", "The port.", type = "port" },
    { "rule", "Whether the firewall allows or denies connections to the port.", one_of = { "allow", "deny" }, default = "allow" },
    { "protocol", "The protocol.", one_of = { "tcp", "udp" }, default = "tcp" },
  },
  results = { { "tool", "string", "The firewall: `ufw`, `firewalld`, `openwrt` or `nftables`." } },
  done = "The firewall was asked again. The port of the run's own login is never closed.",
  example = [[pi:firewall { 443 }]],

  body = function(host, args)
    local values = { port = args.port, protocol = args.protocol, rule = args.rule }
    local seen = host:query({ firewall = shell.script(values, look) }, { root = true }).firewall.text
    local now = shell.fields(seen:match "^(.-)\ntable " or seen)
    local own = host:query({ port = "echo \"$SSH_CONNECTION\"" }).port.text:match "(%d+)$"
    if not now.tool then
      fail { kind = "unsupported", message = "no firewall that keeps its rules by itself is on " .. host.name,
        explanation = "known are ufw, firewalld, OpenWrt's and nftables", fix = { "package { \"ufw\" }" } }
    end
    if args.rule == "deny" and args.protocol == "tcp" and (tostring(args.port) == (own or "22") or host.port == args.port) then
      fail { kind = "lockout", message = ("port %d is the one of this login, and stays open"):format(args.port) }
    end
    if now.tool == "firewalld" then return firewalld.decide(host, args, now, seen) end
    if now.tool == "nftables" then return nftables.decide(host, args, now, seen) end
    if now.tool == "ufw" and not now.active then
      fail { kind = "refused", message = "ufw does not run", fix = { ("ufw allow %s/tcp; ufw enable"):format(own or "22") } }
    end
    local word = args.port .. "/" .. args.protocol
    if now.now == args.rule then
      return unchanged(("%s: %s already"):format(word, args.rule == "allow" and "allowed" or "denied"), { tool = now.tool })
    end
    local name = "ssh_recipes_" .. args.protocol .. args.port
    local reload = "; uci commit firewall; /etc/init.d/firewall reload"
    local function rule(target)
      return ("uci set firewall.%s=rule; uci set firewall.%s.src=wan; uci set firewall.%s.proto=%s; "
        .. "uci set firewall.%s.dest_port=%d; uci set firewall.%s.target=%s"):format(
        name, name, name, args.protocol, name, args.port, name, target) .. reload
    end
    local forms = ({
      ufw = { allow = "ufw allow " .. word, deny = "ufw deny " .. word,
        none = "ufw delete " .. args.rule .. " " .. word },
      openwrt = { allow = rule "ACCEPT", deny = rule "DROP", none = "uci delete firewall." .. name .. reload },
    })[now.tool]
    return change(("firewall: %s %s"):format(args.rule, word), function()
      host:run { "PATH=$PATH:/usr/sbin:/sbin\n" .. forms[args.rule], root = true,
        undo = "PATH=$PATH:/usr/sbin:/sbin\n" .. forms[now.now or "none"] }
    end, { tool = now.tool })
  end,
}
