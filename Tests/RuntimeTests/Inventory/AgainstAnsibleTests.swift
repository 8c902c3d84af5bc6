import Foundation
import TestSupport
import Testing

@testable import Inventory

/// Compares our reading of inventories with ansible-core itself.
@Suite(
  "inventories as Ansible reads them",
  .enabled(if: Ansible.isThere, "ansible-core is not in \(Ansible.python); .ci/setup test installs it"))
struct AgainstAnsibleTests {
  private static let folder = Ansible.root.appending(path: "Tests/Fixtures/inventories")

  /// Hosts, groups and variables, without the order of names.
  private struct Content: Equatable {
    var groups: [String: [String]] = [:]
    var children: [String: [String]] = [:]
    var variables: [String: [String: JSONTree]] = [:]

    init(_ answer: JSONTree) {
      // Ansible does not list the hosts that stand in `all` itself; they are in `ungrouped` or another group.
      for (name, group) in answer.table where name != "_meta" {
        let (hosts, below) = (group.table["hosts"]?.names ?? [], group.table["children"]?.names ?? [])
        if !hosts.isEmpty { groups[name] = hosts.sorted() }
        if !below.isEmpty { children[name] = below.sorted() }
      }
      let hosts = answer.table["_meta"]?.table["hostvars"]?.table ?? [:]
      variables = hosts.mapValues(\.table).filter { !$0.value.isEmpty }
    }

    init(_ inventory: Inventory) {
      for (name, group) in inventory.groups {
        if !group.hosts.isEmpty, name != "all" { groups[name] = group.hosts.sorted() }
        if !group.children.isEmpty { children[name] = group.children.sorted() }
      }
      for host in inventory.hostNames {
        let own = inventory.variables(of: host).mapValues { JSONTree($0.value) }
        if !own.isEmpty { variables[host] = own }
      }
    }
  }

  private static func inventories() throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.map { name in
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path)
      let file = try #require(files.first { $0 == "hosts" || $0.hasPrefix("hosts.") }, "\(name) has no file hosts")
      return "\(folder.path)/\(name)/\(file)"
    }
  }

  @Test func `hosts, groups and values of all example inventories are the same`() async throws {
    let paths = try Self.inventories()
    #expect(paths.count >= 40)
    let answers = try Ansible.answers(to: paths.map { .init(inventory: [$0]) })
    for (path, answer) in zip(paths, answers) {
      let list = try #require(answer.list, "Ansible cannot read \(path)")
      let own = try await Content(InventorySource.read([InventorySource(path)]))
      let theirs = Content(list)
      #expect(own.groups == theirs.groups, "\(path)")
      #expect(own.children == theirs.children, "\(path)")
      for host in Set(own.variables.keys).union(theirs.variables.keys).sorted() {
        let (left, right) = (own.variables[host] ?? [:], theirs.variables[host] ?? [:])
        for name in Set(left.keys).union(right.keys).sorted() {
          #expect(left[name] == right[name], "\(path), \(host), \(name)")
        }
      }
    }
  }

  @Test func `several inventories are one, and the later one wins`() async throws {
    let paths = ["ini-host-twice", "ini-priority", "ini-depth"].map { "\(Self.folder.path)/\($0)/hosts.ini" }
    let answer = try #require(try Ansible.answers(to: [.init(inventory: paths)]).first?.list)
    let own = try await Content(InventorySource.read(paths.map { InventorySource($0) }))
    #expect(own == Content(answer))
  }

  private static let patterns = [
    "all", "web", "w*", "web:db", "web,db", "web:&prod", "web:!w1", "all:!db", "!w1", "&web", "~w[12]", "~w\\d$",
    "web[0]", "web[-1]", "web[0:1]", "web[1:]", "all[2]", "w1:w2", "p*:&db", "site", "site:!web:!d1", "*", "w[13]",
    "d?", "prod:web:!w2", "w1,!w1,w3", "10.0.0.*", "2001:db8::1", "ungrouped",
  ]

  @Test func `patterns choose the same hosts in the same order`() async throws {
    let inventory = """
      lone
      10.0.0.7
      2001:db8::1
      [web]
      w1
      w2
      w3
      [db]
      d1
      d2
      [prod]
      w2
      d2
      [site:children]
      db
      web

      """
    let file = FileManager.default.temporaryDirectory.appending(path: "hosts-\(UUID().uuidString).ini")
    try inventory.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let question = Ansible.Question(inventory: [file.path], patterns: Self.patterns)
    let answer = try #require(try Ansible.answers(to: [question]).first)
    let own = try await InventorySource.read([InventorySource(file.path)])
    for (pattern, theirs) in zip(Self.patterns, answer.hosts) {
      let ours = (try? own.hosts(matching: [pattern])) ?? []
      #expect(ours == theirs ?? [], "\(pattern)")
    }
  }
}
