import Foundation
import Testing

@testable import Hosts

@Suite struct AlikeTargetsTests {
  private static let names = ["web1", "web2", "db1", "10.0.0.1", "10.0.0.2", "other"]

  private func options(_ text: String) throws -> OpenSSHOptions {
    let file = FileManager.default.temporaryDirectory.appending(path: "alike-\(UUID().uuidString)").path
    try Data(text.replacing("FILE", with: file).utf8).write(to: URL(fileURLWithPath: file))
    var options = OpenSSHOptions()
    options.configFile = file
    return options
  }

  /// ssh itself is the reference.
  @Test(arguments: [
    "", "Host *\n User me\n", "Host web*\n Port 2222\nHost db? other\n ProxyJump web1\n", "Host * !db1\n Port 24\n",
    "Host 10.0.0.*\n IdentityAgent none\n", "Host *\n HostName %h.lan\n", "Match host web1\n Port 23\n",
    "Host web1\n HostName db1\n", "Host \"web1\" db1\n User me\nHost=other\n Port 25\n",
    "ControlPath ~/.ssh/%h\nUser web1\n", "Host *\n ControlPath ~/.ssh/%C\n", "Host *\n CanonicalizeHostname yes\n",
    "Host web1\n Include FILE-none\nHost web2\n IdentityFile ~/.ssh/%h\n",
  ])
  func `each target has the configuration that ssh gives it`(text: String) async throws {
    let options = try options(text)
    defer { if let file = options.configFile { try? FileManager.default.removeItem(atPath: file) } }
    for name in Self.names {
      let target = Target(user: "pi", host: name)
      let (mine, reference) = await (
        options.configs.config(of: target, options), ClientConfig.read(target, options: options)
      )
      #expect(mine.values == reference.values)
      #expect(mine.places == reference.places)
      #expect(Set(mine.files) == Set(reference.files))
    }
  }

  @Test func `of targets that are alike, ssh is asked for the first alone`() throws {
    let config = ClientConfig(values: ["hostname": ["web1"], "port": ["22"], "canonicalizehostname": ["false"]])
    let file = Array("Host web*\n Port 22\nHost db1\n User me\n".utf8)
    let example = try #require(AlikeTargets("web1", config, files: [file]))
    var other = config
    other.values["hostname"] = ["web2"]
    #expect(example.config(of: "web2") == other)
    #expect(example.config(of: "db1") == nil)
    #expect(example.config(of: "Web2") == nil)
    #expect(AlikeTargets("web1", config, files: [Array("Match all\n".utf8)]) == nil)
    #expect(AlikeTargets("web1", config, files: [Array("Include ~/.ssh/%h\n".utf8)]) == nil)
    #expect(AlikeTargets("db1", config, files: [file]) == nil)
  }
}
