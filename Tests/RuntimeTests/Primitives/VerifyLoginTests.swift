import Foundation
import TestSupport
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Formats
@testable import Hosts
@testable import LoginSafety
@testable import Primitives
@testable import Values

@Suite struct VerifyLoginTests {
  private static let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnzUy6Nxg42HPCTgLqAIqgFVn5N2xh4O6HlTv6FJVeT me@pc"
  private let fingerprint: String
  private let key: LuaValue

  init() throws {
    fingerprint = try PublicKey(Self.line).fingerprint
    key = .table([
      "path": .string("/home/me/.ssh/id_ed25519"), "public": .string(Self.line), "fingerprint": .string(fingerprint),
    ])
  }

  private func verify(_ pi: ShellHost, _ arguments: [String: LuaValue] = [:]) async throws -> ShellHost.Outcome {
    try await pi.call(.verifyLogin, ["key": key].merging(arguments) { $1 })
  }

  private func refused() -> FreshLoginResult {
    FreshLoginResult(
      isIn: false, login: Login(refusedKeys: [fingerprint]),
      error: .loginRefused(LoginRefusal(methods: ["publickey", "password"])))
  }

  @Test(arguments: [
    ("address", "$(touch x)"), ("address", "-oProxyCommand=x"), ("address", "a b"), ("address", "pi@nas"),
    ("address", ""),
    ("address", "a;b"), ("user", "-l"), ("user", "a`b`"), ("user", "a\nb"),
  ])
  func `a name that is more than a name is refused before anything is sent`(name: String, value: String) async throws {
    let pi = try ShellHost()
    let failed = await #expect(throws: Failure.self) { try await verify(pi, [name: .string(value)]) }
    #expect(failed == Failure(.argument, "verify_login: \"\(value)\" is not a name for `\(name)`"))
    #expect(pi.transport.ran == [])
  }

  @Test func `the run's own login is the proof while nothing has changed`() async throws {
    let here = try ShellHost(isHere: true)
    let pi = try ShellHost(here: here) {
      $0.login = Login(
        method: "publickey", acceptedKey: fingerprint, acceptedKeyPath: "/home/me/.ssh/id_ed25519",
        serverSoftware: "OpenSSH_9.2")
    }
    let seen = try await verify(pi)
    #expect(
      seen.fields == [
        "ok": .boolean(true), "method": .string("publickey"), "fingerprint": .string(fingerprint), "seen": .list([]),
        "fix": .list([]), "paths": .list([]), "config": .list([]), "host": .string("pi@pi.lan"),
      ])
    #expect(pi.services.requests == [])
    pi.host.touch()
    let after = try await verify(pi)
    #expect(after.isGood == false)
    #expect(pi.services.requests.count == 1)
  }

  @Test func `the proof of the last change is the proof of its key until the next act`() async throws {
    let pi = try ShellHost(here: ShellHost(isHere: true))
    _ = try await pi.reader.facts()
    pi.host.touch()
    pi.host.proved(WorkingKey(path: "/home/me/.ssh/id_ed25519", fingerprint: fingerprint))
    let seen = try await verify(pi)
    #expect(seen.isGood == true)
    #expect(pi.services.requests == [])
    pi.host.proved(WorkingKey(path: "/home/me/.ssh/other", fingerprint: fingerprint))
    #expect(try await verify(pi).isGood == false)
    pi.host.proved(WorkingKey(path: "/home/me/.ssh/id_ed25519", fingerprint: fingerprint))
    pi.host.touch()
    #expect(try await verify(pi).isGood == false)
    #expect(pi.services.requests.count == 2)
  }

  @Test func `a run's own login that needed a password too proves nothing about the key alone`() async throws {
    let here = try ShellHost(isHere: true)
    let refused = FreshLoginResult(
      isIn: false, login: Login(), error: .loginRefused(LoginRefusal(methods: ["password"])))
    let pi = try ShellHost(here: here, services: TestServices(logins: [refused])) {
      $0.login = Login(
        method: "publickey", acceptedKey: fingerprint, acceptedKeyPath: "/home/me/.ssh/id_ed25519",
        partialSuccesses: ["password"])
    }
    let seen = try await verify(pi)
    #expect(pi.services.requests.map(\.keyPath) == ["/home/me/.ssh/id_ed25519"])
    #expect(seen.isGood == false)
    #expect(seen["cause"] == .string("more-needed"))
    #expect(seen["explanation"] == .string(Self.passwordToo))
    // A proof of later changes cannot be a login with the key alone either.
    #expect(try await LoginProof.request(pi.host) == FreshLoginRequest(keyPath: nil, afterReload: true))
  }

  @Test(arguments: [
    (LoginRefusal(methods: ["password"], partialSuccesses: ["publickey"]), [String]()),
    (LoginRefusal(methods: ["password"]), ["password"]),
  ])
  func `the user's own login without the password that the server wants as well is told as such`(
    refusal: LoginRefusal, ofRun: [String]
  ) async throws {
    let here = try ShellHost(isHere: true)
    let result = FreshLoginResult(isIn: false, login: Login(), error: .loginRefused(refusal))
    let pi = try ShellHost(here: here, services: TestServices(logins: [result])) {
      $0.login = Login(method: "publickey", partialSuccesses: ofRun)
    }
    let seen = try await pi.call(.verifyLogin)
    #expect(seen.what == "ssh pi@pi.lan does not get in by itself: \(Self.passwordToo)")
    #expect(seen["cause"] == .string("more-needed"))
  }

  @Test func `a server that takes no keys is told as such, and not as an ssh that does not offer the key`() async throws
  {
    let here = try ShellHost(isHere: true)
    let refusal = LoginRefusal(methods: ["password", "keyboard-interactive"])
    let result = FreshLoginResult(isIn: false, login: Login(), error: .loginRefused(refusal))
    let pi = try ShellHost(here: here, services: TestServices(logins: [result]))
    let seen = try await pi.call(.verifyLogin)
    #expect(seen["cause"] == .string("pubkey-off"))
    #expect(!seen.what.contains("does not offer"))
  }

  @Test func `a key that was offered and refused is not told as one that ssh does not offer`() async throws {
    let here = try ShellHost(isHere: true)
    let pi = try ShellHost(here: here, services: TestServices(logins: [refused()]))
    pi.host.workingKey = WorkingKey(path: "/home/me/.ssh/id_ed25519", publicLine: nil, fingerprint: fingerprint)
    let seen = try await pi.call(.verifyLogin)
    #expect(seen["cause"] == .string("key-refused-now"))
  }

  private static let passwordToo =
    "the server accepts the key and wants the password as well (AuthenticationMethods in its sshd_config)"

  @Test func `a public half of the key that logged in does not make another private key the same`() async throws {
    let here = try ShellHost(isHere: true)
    _ = try ChildProcess.run(
      "/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", here.path("broken")])
    try here.put("broken.pub", Self.line + "\n")
    let pi = try ShellHost(here: here) {
      $0.login = Login(
        method: "publickey", acceptedKey: fingerprint, acceptedKeyPath: "/home/me/.ssh/id_ed25519",
        serverSoftware: "OpenSSH_9.2")
    }
    let seen = try await verify(pi, ["key": .string(here.path("broken"))])
    #expect(seen.isGood == false)
    #expect(pi.services.requests.map(\.keyPath) == [here.path("broken")])
  }

  @Test func `a login by another key is told as what it was`() async throws {
    let here = try ShellHost(isHere: true)
    var other = FreshLoginResult(
      isIn: true, login: Login(method: "publickey", acceptedKey: "SHA256:old", refusedKeys: [fingerprint]))
    other.refuse("SHA256:old (/home/me/.ssh/old)", not: fingerprint)
    let pi = try ShellHost(here: here, services: TestServices(logins: [other]))
    let name = try await pi.reader.facts().user
    let seen = try await verify(pi, ["user": .string(name)])
    #expect(seen.fields["cause"] == .string("key-not-installed"))
    guard case .table(let lines)? = seen.fields["seen"] else { throw Failure(.failed, "nothing was seen") }
    #expect(
      lines.list.contains(
        .string("the server let us in by SHA256:old (/home/me/.ssh/old), not with \(fingerprint)")))
  }

  @Test func `a login on another port is never proved by the one that is open`() async throws {
    let here = try ShellHost(isHere: true)
    let isIn = FreshLoginResult(isIn: true, login: Login(method: "publickey", acceptedKey: fingerprint))
    let pi = try ShellHost(here: here, services: TestServices(logins: [isIn])) {
      $0.login = Login(method: "publickey", acceptedKey: fingerprint, acceptedKeyPath: "/home/me/.ssh/id_ed25519")
    }
    let seen = try await verify(pi, ["port": .integer(2222)])
    #expect(seen.isGood == true)
    #expect(seen.what == "logged in with \(fingerprint) and nothing else")
    #expect(
      pi.services.requests == [
        FreshLoginRequest(keyPath: "/home/me/.ssh/id_ed25519", fingerprint: fingerprint, port: 2222)
      ])
  }

  @Test func `a home that all may write is told with its path, so that a recipe can close it`() async throws {
    let here = try ShellHost(isHere: true)
    let pi = try ShellHost(here: here, services: TestServices(logins: [refused()]))
    try pi.put(".ssh/authorized_keys", Self.line + "\n", mode: 0o600)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: pi.path(".ssh"))
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: pi.home)
    let name = try await pi.reader.facts().user
    let seen = try await verify(pi, ["user": .string(name)])
    let home = try await pi.reader.facts().physicalHome
    #expect(seen.fields["ok"] == .boolean(false))
    #expect(seen.fields["cause"] == .string("bad-modes"))
    #expect(seen.fields["message"] == .string("the server refused the key"))
    #expect(
      seen.fields["explanation"]
        == .string("\(home) is writable by its group and by all others, so sshd ignores the keys in it (StrictModes)"))
    #expect(seen.fields["paths"] == .list([.string(home)]))
    #expect(seen.fields["fix"] == .list([.string("chmod g-w,o-w \(home)")]))
  }

  @Test func `a key that is not there is told with the file that sshd reads`() async throws {
    let here = try ShellHost(isHere: true)
    let pi = try ShellHost(here: here, services: TestServices(logins: [refused()]))
    let name = try await pi.reader.facts().user
    let seen = try await verify(pi, ["user": .string(name)])
    #expect(seen.fields["cause"] == .string("key-not-installed"))
  }

  @Test func `a host that is not there is told as such`() async throws {
    let here = try ShellHost(isHere: true)
    let gone = FreshLoginResult(isIn: false, login: Login(), error: .connectionRefused("Connection refused"))
    let pi = try ShellHost(here: here, services: TestServices(logins: [gone]))
    let seen = try await verify(pi, ["port": .integer(2222)])
    #expect(seen.fields["cause"] == .string("refused"))
    #expect(
      seen.fields["explanation"]
        == .string(
          "the host is there, but no SSH server listens on port 2222: it is switched off, or it listens on another port"
        ))
  }

  @Test func `a public key alone cannot log in`() async throws {
    let here = try ShellHost(isHere: true)
    let pi = try ShellHost(here: here)
    let failed = try await pi.failure(.verifyLogin, ["key": .string(Self.line)])
    #expect(failed == Failure(.argument, "verify_login needs the private key's path, not only its public half"))
  }
}
