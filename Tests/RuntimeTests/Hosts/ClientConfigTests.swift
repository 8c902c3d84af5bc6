import Foundation
import Testing

@testable import Formats
@testable import Hosts

@Suite struct ClientConfigTests {
  private func read(_ text: String, _ target: Target = Target(host: "box")) async throws -> (ClientConfig, String) {
    let file = FileManager.default.temporaryDirectory.appending(path: "config-\(UUID().uuidString)").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    var options = OpenSSHOptions()
    options.configFile = file
    return (await ClientConfig.read(target, options: options), file)
  }

  @Test func `an option has its value and its line`() async throws {
    let (config, file) = try await read(
      "Host other\n User no\nHost b*\n User me\n IdentityFile ~/a\n IdentityFile ~/b\n")
    #expect(config["User"] == "me")
    #expect(config.line(of: "User") == "\(file) line 4: User me")
    #expect(config.values["identityfile"] == ["~/a", "~/b"])
    #expect(config.line(of: "Port") == nil)
    #expect(config.complaints == [])
  }

  @Test func `an answer is remembered until this computer changes, since Match exec runs a command each time`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "config-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("Match exec \"echo x >>\(folder)/runs\"\n User me\n".utf8).write(to: URL(fileURLWithPath: folder + "/c"))
    var options = OpenSSHOptions()
    options.configFile = folder + "/c"
    for _ in 1...3 { #expect(await options.configs.config(of: Target(host: "box"), options)["user"] == "me") }
    await options.configs.forget()
    _ = await options.configs.config(of: Target(host: "box"), options)
    #expect(try String(contentsOfFile: folder + "/runs", encoding: .utf8) == "x\nx\n")
  }

  @Test func `the target's own user and port go first`() async throws {
    let (config, _) = try await read("Host *\n User me\n Port 2222\n", Target(user: "pi", host: "box", port: 22))
    #expect(config["user"] == "pi")
    #expect(config["port"] == "22")
  }

  @Test func `a line that ssh does not accept is quoted`() async throws {
    let (config, file) = try await read("Host *\n NoSuchOption yes\n")
    #expect(config.complaints.first == "\(file): line 2: Bad configuration option: nosuchoption")
    #expect(config.values == [:])
  }

  @Test(arguments: [("none", nil), ("/run/agent", "/run/agent"), ("~/a", "HOME/a"), ("%d/a", "HOME/a")])
  func `the agent is the one that the configuration names`(setting: String, socket: String?) async throws {
    let (config, _) = try await read("IdentityAgent \(setting)\n")
    let home = Effective.home ?? ""
    #expect(config.agentSocket == socket?.replacing("HOME", with: home))
  }

  @Test func `an error quotes the lines that bear on it, and no others`() {
    let place = { (line: Int, text: String) in SSHConfigLog.Place(file: "c", line: line, text: text) }
    let config = ClientConfig(places: [
      "port": place(1, "Port 2222"), "user": place(2, "User me"), "compression": place(3, "Compression yes"),
      "bindaddress": place(4, "BindAddress ::2"),
    ])
    #expect(
      HostError.connectionRefused("no").quoting(config)
        == .connectionRefused("no\nc line 1: Port 2222\nc line 4: BindAddress ::2"))
    #expect(
      HostError.loginRefused(LoginRefusal(methods: ["password"])).quoting(config)
        == .loginRefused(LoginRefusal(methods: ["password"], notes: ["c line 2: User me"])))
    #expect(
      HostError.client("Compression failed").quoting(config) == .client("c line 3: Compression yes\nCompression failed")
    )
    #expect(
      HostError.client("bind ::2: Cannot assign requested address").quoting(config)
        == .client("c line 4: BindAddress ::2\nbind ::2: Cannot assign requested address"))
    #expect(HostError.tooManyAuthenticationFailures.quoting(config) == .tooManyAuthenticationFailures)
  }

  /// OpenSSH names the first option that it does not know; other programs may just fail.
  @Test(arguments: [(false, 8), (true, 3)])
  func `an option that this ssh does not know is left out, and the others stay`(
    _ namesOption: Bool, questions: Int
  ) async throws {
    let known = await SessionOptions.shared.known(to: "ssh")
    #expect(known.contains("RemoteCommand=none"))
    let folder = FileManager.default.temporaryDirectory.appending(path: "old-ssh-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let old = folder.appending(path: "ssh").path
    let script = """
      #!/bin/sh
      echo asked >>"$0.log"
      case $* in *SessionType*) what=sessiontype ;; *StdinNull*) what=stdinnull ;; *) exit 0 ;; esac
      \(namesOption ? "echo \"command-line: line 0: Bad configuration option: $what\" >&2" : "")
      exit 255

      """
    _ = FileManager.default.createFile(atPath: old, contents: Data(script.utf8), attributes: [.posixPermissions: 0o755])
    #expect(
      await SessionOptions.shared.known(to: old)
        == SessionOptions.newer.filter { !$0.hasPrefix("SessionType") && !$0.hasPrefix("StdinNull") })
    let log = try String(contentsOfFile: old + ".log", encoding: .utf8)
    #expect(log.split(separator: "\n").count == questions)
  }
}
