import Testing

@testable import Inventory

@Suite("mistakes in inventories") struct InventoryErrorTests {
  private static let cases: [(name: String, text: String, message: String)] = [
    ("h.ini", "web1 port", #"h.ini:1: expected NAME=VALUE after the host "web1", got "port""#),
    ("h.ini", "\n[web:var]", "h.ini:2: the section [web:var] is unknown; did you mean [web:vars]?"),
    (
      "h.ini", "[web]\n[wbe:vars]\na=1",
      #"h.ini:2: [wbe:vars] names the group "wbe", which is not defined; did you mean "web"?"#
    ),
    (
      "h.ini", "[a b]",
      #"h.ini:1: "[a b]" is no section; expected [group], [group:vars] or [group:children], without blanks"#
    ),
    ("h.ini", "web[3:1]", #"h.ini:1: "web[3:1]": 3 is more than 1"#),
    ("h.ini", "web[01:100]", #"h.ini:1: "web[01:100]": with leading zeros, both ends of a range have the same length"#),
    ("h.ini", "web[1:]", #"h.ini:1: "web[1:]": the range has no end"#),
    ("h.ini", "web[1:999999999]", #"h.ini:1: "web[1:999999999]": more than 100000 hosts"#),
    ("h.ini", "a 'b", "h.ini:1: the quotes of this line are not closed"),
    ("h.ini", "---\nweb:", #"h.ini:1: "---" begins a YAML file; name the file hosts.yml"#),
    (
      "h.ini", "[a:children]\nb\n[b:children]\na",
      #"h.ini: the group "b" cannot be a child of "a", which is below it already"#
    ),
    ("h.yml", "web: {hosts: [a, b]}", #"h.yml: "hosts" of the group "web": expected a mapping, got a list"#),
    (
      "h.yml", "plugin: aws_ec2",
      """
      h.yml: this is a configuration of Ansible's inventory plugin "aws_ec2", not an inventory
        fix     ansible-inventory -i FILE --list > hosts.json   and --inventory hosts.json
      """
    ),
    ("h.yml", "a:\n  hosts: *b", #"h.yml:2: this is no YAML: the alias "*b" has no anchor"#),
    ("h.yml", "a: {hosts: {x: }}\n---\na: {}", "h.yml:2: this is no YAML: a second document follows the first"),
    ("h.yml", "a: \(String(repeating: "[", count: 2000))", "h.yml:1: more than 1000 levels"),
    ("h.yml", "", "h.yml: the file has no content"),
    (
      "h.yml", "$ANSIBLE_VAULT;1.1;AES256\n00",
      """
      h.yml: the file is encrypted by Ansible Vault
        fix     ansible-inventory --list --ask-vault-password > hosts.json
      """
    ),
    (
      "h.lua", "return { web = { 'a', adress = 'b' } }",
      #"h.lua: the group "web" has the field "adress"; expected address, jump, key, port, user, vars, children; did you mean "address"?"#
    ),
    ("h.lua", "return io", "h.lua: the result: expected a table of hosts and groups, got nil"),
    ("h.lua", "error 'no'", "h.lua:1: no"),
    ("h", "#!/bin/sh\nexit 3", "h: the inventory program ended with status 3 for --list"),
    ("h", "#!/bin/sh\necho no", "h: the inventory program printed no JSON for --list"),
  ]

  @Test(arguments: Self.cases.indices) func `each mistake has one clear message`(_ index: Int) async throws {
    let one = Self.cases[index]
    #expect(try await InventoryScene.message(one.name, one.text) == one.message)
  }

  @Test func `a key that stands twice is a warning for each but the last`() async throws {
    let text = "a: {hosts: {x: {v: 1, \"v\": 2}}}\nb: {hosts: {y: {v: 1, v: 2, v: 3}}}\n"
    try await InventoryScene.with(["h.yml": text]) { scene in
      let inventory = try await scene.read("h.yml")
      #expect(inventory.variables(of: "y").mapValues(\.value) == ["v": .integer(3)])
      let warnings = inventory.warnings.map { $0.replacing(scene.folder.path + "/", with: "") }
      let warning = { (line: Int) in "h.yml:\(line): this key stands again in its mapping; the last one counts" }
      #expect(warnings == [1, 2, 2].map(warning))
    }
  }

  @Test func `a small text cannot stand for a billion values`() async throws {
    let levels = (1...9).map {
      "l\($0): &l\($0) [\(Array(repeating: "*l\($0 - 1)", count: 10).joined(separator: ","))]"
    }
    let text = (["l0: &l0 [x]"] + levels).joined(separator: "\n")
    #expect(try await InventoryScene.message("h.yml", text) == "h.yml:7: more than 1000000 values")
  }
}
