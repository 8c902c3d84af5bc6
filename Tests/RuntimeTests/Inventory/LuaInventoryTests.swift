import Testing

@testable import Inventory

@Suite("hosts.lua and ~/.ssh/config") struct LuaInventoryTests {
  @Test func `hosts.lua gives hosts, groups, logins and variables`() async throws {
    let text = """
      local web = { user = "admin", vars = { mode = "700", list = { 1, "b" } } }
      for number = 1, 2 do web[number] = "web" .. number .. ".lan" end
      return {
        "pi@raspberrypi.local",
        { "nas", address = "10.0.0.9", port = 2222, key = "~/.ssh/nas", vars = { mode = "750" } },
        web = web,
        site = { children = { "web" }, jump = "bastion" },
      }
      """
    try await InventoryScene.with(["hosts.lua": text]) { scene in
      let inventory = try await scene.read("hosts.lua")
      #expect(try inventory.hosts(matching: ["all"]) == ["pi@raspberrypi.local", "nas", "web1.lan", "web2.lan"])
      #expect(try inventory.hosts(matching: ["site"]) == ["web1.lan", "web2.lan"])
      let web = inventory.variables(of: "web1.lan").mapValues(\.value)
      #expect(
        web == [
          "ansible_user": .text("admin"), "mode": .text("700"), "list": .list([.integer(1), .text("b")]),
          "ssh_recipes_jump": .text("bastion"),
        ])
      let nas = try HostConnection("nas", inventory.variables(of: "nas").mapValues(\.value)).target
      #expect(nas.address == "10.0.0.9:2222")
      #expect(nas.description == "nas")
      #expect(nas.options == ["IdentityFile=~/.ssh/nas"])
    }
  }

  @Test func `the hosts of an ssh configuration are its names without patterns, included files and tags too`()
    async throws
  {
    try await InventoryScene.with(["more": "Host c\n  Tag lab\n"]) { scene in
      let text = """
        Include \(scene.folder.path)/more
        Host a b *.lan !x
          User pi
        Match host d
        Host *
          ServerAliveInterval 5
        """
      try text.write(to: scene.folder.appending(path: "config"), atomically: true, encoding: .utf8)
      let inventory = try await scene.read("config")
      #expect(inventory.hostNames == ["c", "a", "b"])
      #expect(try inventory.hosts(matching: ["lab"]) == ["c"])
    }
  }

  @Test func `a program is asked for each host only without _meta`() async throws {
    let program = """
      #!/bin/sh
      [ "$1" = --list ] && echo '{"web": ["w1", "w2"]}' || echo "{\\"own\\": \\"$2\\"}"
      """
    try await InventoryScene.with(["hosts": program]) { scene in
      let inventory = try await scene.read("hosts")
      #expect(inventory.variables(of: "w2").mapValues(\.value) == ["own": .text("w2")])
    }
  }

  @Test func `vault values and templates are read, and never as plain text`() async throws {
    let text = """
      all:
        hosts:
          h:
            secret: !vault |
              $ANSIBLE_VAULT;1.1;AES256
              6162
      """
    try await InventoryScene.with(["h.yml": text, "group_vars/all.yml": "$ANSIBLE_VAULT;1.1;AES256\n61"]) { scene in
      let inventory = try await scene.read("h.yml")
      #expect(inventory.variables(of: "h").mapValues(\.value) == ["secret": .vault])
      let path = scene.folder.path
      #expect(
        inventory.warnings == [
          "\(path)/group_vars/all.yml is encrypted by Ansible Vault; its variables are unknown here"
        ])
    }
  }
}
