import Testing

@testable import Formats

@Suite("~/.ssh/config")
struct SSHConfigFileTests {
  static let cases: [(String, String)] = [
    ("", "Host pi\n  User alice\n  Port 2222\n"),
    ("User bob", "User bob\n\nHost pi\n  User alice\n  Port 2222\n"),
    ("# all\nHost *\n  User bob\n", "Host pi\n  User alice\n  Port 2222\n\n# all\nHost *\n  User bob\n"),
    ("Host pi\n\tuser=bob # old\n\nHost *\n", "Host pi\n\tuser=alice # old\n\tPort 2222\n\nHost *\n"),
    ("Host pi\r\n  Port 2222", "Host pi\r\n  Port 2222\r\n  User alice\r\n"),
    ("Host pi\n  User \"alice\"\n  Port 2222", "Host pi\n  User \"alice\"\n  Port 2222"),
    (
      "Host pi nas\n  User bob\nMatch host pi\n  User eve\n",
      "Host pi\n  User alice\n  Port 2222\n\nHost pi nas\n  User bob\nMatch host pi\n  User eve\n"
    ),
  ]

  @Test("gets options in the block of one name, and stays the same elsewhere", arguments: cases.indices)
  func setting(index: Int) throws {
    let (before, after) = Self.cases[index]
    let options = [(keyword: "User", value: "alice"), (keyword: "Port", value: "2222")]
    #expect(text(SSHConfigFile(Array(before.utf8)).bytes) == before)
    let once = try SSHConfigFile(Array(before.utf8)).setting(host: "pi", options: options)
    #expect(text(once) == after)
    #expect(text(try SSHConfigFile(once).setting(host: "pi", options: options)) == after)
  }

  @Test("a block that has to win goes above options without a block, which then stand under a block for all hosts")
  func winning() throws {
    let options = [(keyword: "User", value: "alice")]
    let before = "# mine\nUser bob\n\nHost x\n"
    let once = try SSHConfigFile(Array(before.utf8)).setting(host: "pi", options: options, winning: true)
    #expect(text(once) == "Host pi\n  User alice\n\nHost *\n# mine\nUser bob\n\nHost x\n")
    #expect(text(try SSHConfigFile(once).setting(host: "pi", options: options, winning: true)) == text(once))
    let other = try SSHConfigFile(Array("Port 1\nHost x\n".utf8)).setting(host: "pi", options: options, winning: true)
    #expect(text(other) == "Port 1\n\nHost pi\n  User alice\n\nHost x\n")
  }

  static let keys: [(String, String)] = [
    ("", "Host pi\n  IdentityFile ~/a\n  IdentityFile ~/b\n  Port 1\n"),
    ("Host pi\n IdentityFile ~/x\n", "Host pi\n IdentityFile ~/a\n IdentityFile ~/b\n IdentityFile ~/x\n Port 1\n"),
    (
      "Host pi\n User u\n IdentityFile \"~/b\"\n",
      "Host pi\n User u\n IdentityFile ~/a\n IdentityFile \"~/b\"\n Port 1\n"
    ),
  ]

  @Test("keys are added in front of the block's others, since ssh tries all of them", arguments: keys.indices)
  func addedKeys(index: Int) throws {
    let (before, after) = Self.keys[index]
    let options = [("IdentityFile", "~/a"), ("IdentityFile", "~/b"), ("Port", "1")].map { (keyword: $0, value: $1) }
    let once = try SSHConfigFile(Array(before.utf8)).setting(host: "pi", options: options)
    #expect(text(once) == after)
    #expect(text(try SSHConfigFile(once).setting(host: "pi", options: options)) == after)
  }

  @Test("blocks and the options before them are found")
  func blocks() {
    let file = SSHConfigFile(Array("User a\n\nHost x y\n  Port 1\nMatch all\n  Port 2\n".utf8))
    #expect(file.globalOptions == [SSHDConfigDirective(keyword: "User", arguments: ["a"])])
    #expect(file.blocks.map(\.patterns) == [["x", "y"], nil])
    #expect(file.blocks.map(\.lines) == [2..<4, 4..<6])
  }

  @Test("refuses names and values that would break the file")
  func refusals() {
    let file = SSHConfigFile([])
    for host in ["", "a b", "*", "!x", "a\n"] {
      #expect(throws: SSHConfigFile.EditError.host(host)) { try file.setting(host: host, options: []) }
    }
    for value in ["", "a\nProxyCommand x", "\"a", "a # b"] {
      #expect(throws: SSHConfigFile.EditError.value(keyword: "User", value: value)) {
        try file.setting(host: "pi", options: [(keyword: "User", value: value)])
      }
    }
  }
}
