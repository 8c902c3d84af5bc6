import Hosts
import Testing

@testable import Inventory

@Suite("variables of connections") struct HostConnectionTests {
  private func target(_ name: String, _ variables: [String: InventoryValue]) throws -> Target {
    try HostConnection(name, variables).target
  }

  private func problem(_ variables: [String: InventoryValue]) -> HostConnection.Obstacle? {
    do throws(HostConnection.Obstacle) {
      _ = try HostConnection("web1", variables)
      return nil
    } catch { return error }
  }

  @Test func `a host without variables is its name, for ssh to look up`() throws {
    #expect(try target("web1", [:]) == Target(host: "web1"))
    #expect(try target("pi@10.0.0.1:2222", [:]) == Target(user: "pi", host: "10.0.0.1", port: 2222))
  }

  @Test func `address, account and port come from variables, and the older names win as in Ansible`() throws {
    var expected = Target(user: "admin", host: "10.0.0.5", port: 2200)
    expected.label = "web1"
    #expect(
      try target(
        "web1",
        [
          "ansible_host": .text("10.0.0.4"), "ansible_ssh_host": .text("10.0.0.5"), "ansible_user": .text("admin"),
          "ansible_port": .integer(2200),
        ]) == expected)
  }

  @Test func `options of ssh are taken from words as a shell reads them`() throws {
    let words = "-o ControlPersist=60s -o 'ProxyCommand=ssh -W %h:%p b' -J jump -oPort=22 -C -q"
    let made = try HostConnection(
      "web1",
      [
        "ansible_ssh_private_key_file": .text("~/my key"), "ansible_ssh_common_args": .text(words),
        "ssh_recipes_jump": .text("bastion"),
      ])
    #expect(
      made.target.options == [
        "ProxyJump=bastion", #"IdentityFile="~/my key""#, "ProxyCommand=ssh -W %h:%p b", "ProxyJump=jump", "Port=22",
        "Compression=yes",
      ])
    #expect(made.ignored == [])
  }

  @Test func `variables without meaning here are named, and host keys stay checked`() throws {
    let made = try HostConnection(
      "web1",
      [
        "ansible_password": .text("x"), "ansible_ssh_common_args": .text("-o StrictHostKeyChecking=no"),
        "ansible_become_user": .text("postgres"), "ansible_become_method": .text("sudo"),
        "ansible_python_interpreter": .text("python3"),
      ])
    #expect(made.ignored.map(\.variable) == ["ansible_become_user", "ansible_password", "ansible_ssh_common_args"])
    #expect(made.target.options == [])
  }

  @Test func `a login that cannot be made is refused by the variable's name`() {
    #expect(problem(["ansible_connection": .text("winrm")]) == .notSSH("winrm"))
    #expect(
      problem(["ansible_port": .text("ssh")])
        == .wrong(variable: "ansible_port", clause: "expected a port from 1 to 65535, got \"ssh\""))
    #expect(
      problem(["ansible_host": .vault])
        == .wrong(variable: "ansible_host", clause: "expected text, got a value encrypted by Ansible Vault"))
    #expect(
      problem(["ansible_ssh_args": .text("-F other")])
        == .wrong(
          variable: "ansible_ssh_args",
          clause: "the option \"-F\" of ssh is not taken here; expected -o, -J, -i, -p or -l"))
    guard case .wrong("ansible_host", let clause) = problem(["ansible_host": .text("{{ ip }}")]) else {
      Issue.record("a template was taken")
      return
    }
    #expect(clause.hasPrefix("a template, which only Ansible can evaluate"))
  }

  @Test(arguments: ["-oProxyCommand=x", "a b", "x\u{1}"])
  func `an address cannot become an option of ssh`(_ address: String) {
    #expect(problem(["ansible_host": .text(address)]) != nil)
  }
}
