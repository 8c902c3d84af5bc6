import Contract
import Diagnosis
import Hosts
import LoginSafety
import Lua
import Recipes
import Runs
import Values

/// A recipe that calls every primitive on a host with answers made from the input: a hostile host may give any answer
/// at any place. Every answer must end in the call's failure.
enum HostAnswers {
  /// Pieces of true answers, with `%` in place of a number. A piece starts with the first bytes printed by a script.
  private static let pieces = [
    "user pi\n", "uid %\n", "home /home/pi\n", "physical /home/pi\n", "shell /bin/sh\n", "system Linux\n",
    "connection 192.0.2.7 % 192.0.2.20 %\n", "command sudo /usr/bin/sudo\n", "watchdog own /home/pi/.ssh-recipes.x\n",
    "watchdog other /etc/.ssh-recipes.x\n", "marker /etc/os-release\n| ID=debian\n", "\nfiles\n",
    "path /home/pi/.ssh/authorized_keys\n", "path /home/pi\n", "path /etc/ssh/sshd_config\n", "path /home/pi/f\n",
    "-rw------- % % % % Nov 21 05:06 /home/pi/f\n", "drwxr-xr-x+ % % % % Nov 21 05:06 /home/pi\n",
    "lrwxrwxrwx % % % % Nov 21 05:06 /home/pi/f -> f\n", "crw------- 1 0 0 %, % Nov 21 05:06 /home/pi/f\n",
    "absent\n", "hidden\n", "none\n", "large\n", "data %\n", "acl user::rw-,user:%:r--\n", "xattr user.a=0x%\n",
    "hello\n", "global port %\n", "global listenaddress 0.0.0.0:%\n", "user authorizedkeysfile .ssh/authorized_keys\n",
    "user strictmodes yes\n", "global logingracetime %\n", "problem /etc/ssh/sshd_config line %: no\n",
    "include /etc/ssh/sshd_config.d/*.conf\n", "is /etc/ssh/sshd_config\n", "sshd /usr/sbin/sshd\n",
    "Include /etc/ssh/sshd_config.d/*.conf\n", "Port %\nMatch User pi\nPasswordAuthentication no\n", "refused\n",
    "ran systemctl reload ssh\n", "silent %\n", "port %\n", "bind Bind to port % on 0.0.0.0 failed: no\n",
    "bind Server listening on 0.0.0.0 port %.\n", "restored /etc/ssh/sshd_config\n", "still /etc/.ssh-recipes.x\n",
    "of /home/pi/f\n", "place /home/pi/f\n", "target /home/pi/f\n", "user %\n", "group %\n", "group % pi,ada\n",
    "account pi % %\n", "real /home/pi/.ssh/authorized_keys\n", "source /var/log/auth.log\n", "sshd[%]: text\n",
    "denied /var/log/auth.log\n", "empty journal\n", "key /home/pi/.ssh/id_ed25519\n",
    "private -rw------- % % % % Nov 21 05:06 /x\n",
    "public ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnzUy6Nxg42HPCTgLqAIqgFVn5N2xh4O6HlTv6FJVeT me\n", "tool\n", "agent\n",
    "plain ssh-ed25519 AAAA\n", "why passphrase\n", "locked % SHA256:x me (RSA)\n",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnzUy6Nxg42HPCTgLqAIqgFVn5N2xh4O6HlTv6FJVeT me\n",
    "ssh-rsa AAAAB3NzaC1yc2E=\n",
    "df: /dev/sda1 % % % %% /\n", "generated ssh.socket\n", "own ssh.socket /etc/x\n", "% %\n",
  ]

  private static let numbers = [
    "0", "1", "-1", "5", "22", "600", "65535", "65536", "4294967295", "4294967296", "9223372036854775807",
    "-9223372036854775808", "9223372036854775808", "18446744073709551616", "99999999999999999999999999", "0x7f", "1e9",
    "+5", "", " ", "٣", "nan",
  ]

  private static let calls = [
    "h:facts()", "h:status {}", "h:read '/home/pi/f'", "h:write('/home/pi/f', 'x')", "h:chmod('/home/pi/f', '600')",
    "h:chmod { '/home/pi/f', 'g-w', root = true }", "h:chown('/home/pi/f', 'pi:pi')", "h:mkdir('/home/pi/d', '700')",
    "h:remove '/home/pi/f'", "h:run 'true'", "h:run { 'true', root = true }", "h:tail_log { lines = 5 }",
    "h:keygen {}", "h:copy_id { key = '\(publicKey)' }", "h:remove_id { key = '\(publicKey)' }",
    "h:edit_config { options = { PasswordAuthentication = 'no' } }", "h:edit_config { options = { Port = 2222 } }",
    "h:edit_config { path = '/home/pi/f', lines = { 'x' } }", "h:restart_ssh {}",
    "h:verify_login { key = '~/.ssh/id_ed25519' }", "here:trust_host(h)", "h:wait_for { port = 22, timeout = 0.01 }",
    "h:ssh_add { key = '~/.ssh/id_ed25519' }", "h:upload('/etc/hostname', '/home/pi/f')",
  ]

  private static let publicKey =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnzUy6Nxg42HPCTgLqAIqgFVn5N2xh4O6HlTv6FJVeT me"

  static func play(_ bytes: [UInt8]) async throws {
    var input = FuzzInput(bytes)
    let body = (0...input.number(below: 4)).map { _ in "pcall(function() \(input.choice(of: calls)) end)" }
    let source = """
      recipe { summary = "x", hosts = { { "h", "A host" } },
        needs = { "keys", "files", "ssh", "logs", "agent", "run", "root" },
        run = function(hosts) local h = hosts.h \(body.joined(separator: " ")) end }
      """
    let recipe = RecipeFile(name: "fuzz", path: "fuzz.lua", bytes: Array(source.utf8), origin: .path)
    let host = Answers(input)
    let setup = RunSetup(
      platforms: [], options: RunOptions(targets: ["pi@pi.lan"]), person: Silence(), factory: Factory(host: host),
      sink: Silence(), journals: nil)
    let report = try await ClosingProof.$pause.withValue(.zero) { try await Runner(recipe: recipe, setup).run() }
    for failure in report.failures { try Finding.unless(!failure.message.isEmpty, "a failure without a message") }
  }

  /// The host's answers in turn.
  actor Answers {
    private var input: FuzzInput
    /// Enough for each script of a recipe; a recipe may wait for an answer that never comes.
    private var left = 200
    private var refusals = 0
    private static let mostRefusals = 6
    private static let statuses: [Int32] = [0, 0, 0, 0, 1, 2, 91, 92, 93, 94, 95, 98, 124, 255, -1]

    init(_ input: FuzzInput) { self.input = input }

    func next() throws -> Output {
      left -= 1
      guard left > 0, !input.isEmpty else { throw HostError.connectionLost("the end of the input") }
      var output = Output(status: input.choice(of: Self.statuses))
      for _ in 0..<input.number(below: 24) { output.stdout += piece() }
      for _ in 0..<input.number(below: 3) { output.stderr += piece() }
      return output
    }

    /// After some refusals, the login is cancelled. A run would go on trying until the watchdog on the host must have
    /// rolled back: three minutes, of which nothing more is to be learned.
    func letsIn() throws -> Bool {
      if let output = try? next(), output.status == 0 { return true }
      refusals += 1
      guard refusals < Self.mostRefusals else { throw HostError.cancelled }
      return false
    }

    private func piece() -> [UInt8] {
      if input.byte() & 7 == 7 { return input.bytes(input.number(below: 30)) }
      var text = ""
      for letter in input.choice(of: pieces) { text += letter == "%" ? input.choice(of: numbers) : String(letter) }
      return Array(text.utf8)
    }
  }

  private struct Factory: TransportFactory {
    let host: Answers

    func transport(for target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport {
      Answering(host: host)
    }
    func freshLogin(to host: Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
      FreshLoginResult(isIn: try await self.host.letsIn(), login: Login())
    }
  }

  private struct Answering: Transport {
    let host: Answers

    func run(_ script: Script, as account: Account) async throws -> Output { try await host.next() }
    func login() async throws -> Login { Login(method: "publickey", greeting: try await host.next()) }
    func close() async {}
  }

  private struct Silence: Person, EventSink {
    func answer(_ question: Question) async -> String? { question.defaultAnswer }
    func secret(for request: SecretRequest, attempt: Int) async -> Secret? { nil }
    func accept(target: String, keyType: String, fingerprint: String) async -> Bool { false }
    func receive(_ event: Event) {}
  }
}
