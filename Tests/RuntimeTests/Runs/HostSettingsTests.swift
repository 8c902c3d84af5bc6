import Hosts
import Recipes
import Testing

@testable import Runs

@Suite("values for each host") struct HostSettingsTests {
  private static let recipe = """
    recipe {
      summary = "Tells a value",
      hosts = { { "host", "A host" } },
      params = { { "mode", "The mode", one_of = { "700", "750" }, default = "700" }, { "count", "A count", default = 1 } },
      run = function(hosts, params) note(hosts.host.name .. " " .. params.mode .. " " .. params.count) end,
    }
    """

  private func value(_ text: String?, _ type: String = "text") -> GivenValue {
    GivenValue(text, typeName: type, origin: "hosts.yml")
  }

  private func run(
    _ hosts: [RunHost], _ settings: [String] = [], answers: [String: GivenValue] = [:], recipe: String = Self.recipe
  ) async throws -> [String] {
    let lines = Lines()
    var setup = RunStage().setup([], RunStage.Silent(), lines)
    setup.options.hosts = hosts
    setup.options.settings = settings
    setup.options.answers = answers
    _ = try await Runner(recipe: RunStage.file(recipe), setup).run()
    return lines.all.filter { $0.contains("web") && $0.contains("7") }.sorted()
  }

  private func host(_ name: String, _ values: [String: GivenValue]) -> RunHost {
    RunHost(Target(host: name), values: values)
  }

  @Test func `each host has its own, and --set wins over answers, and answers over the inventory`() async throws {
    let hosts = [
      host("web1", ["mode": value("750"), "other": value("x")]), host("web2", ["count": value("5", "a number")]),
    ]
    let plain = try await run(hosts)
    #expect(plain.contains { $0.contains("web1 750 1") } && plain.contains { $0.contains("web2 700 5") })
    let answered = try await run(hosts, answers: ["mode": value("750"), "count": value("7", "a number")])
    #expect(answered.contains { $0.contains("web1 750 7") } && answered.contains { $0.contains("web2 750 7") })
    let set = try await run(hosts, ["mode=700"], answers: ["mode": value("750")])
    #expect(set.contains { $0.contains("web1 700 1") } && set.contains { $0.contains("web2 700 5") })
  }

  @Test func `all wrong values are reported at once, each with its hosts and its file`() async throws {
    let hosts = [
      host("web1", ["mode": value("488", "a number")]), host("web2", ["mode": value("488", "a number")]),
      host("web3", ["count": value(nil, "a list")]),
    ]
    let error = await #expect(throws: SettingProblems.self) { try await run(hosts) }
    #expect(
      error?.description == """
        web1, web2: the parameter "mode": expected "700" or "750", got "488", a number from hosts.yml
        web3: the parameter "count": expected an integer, got a list from hosts.yml
        """)
  }

  @Test func `the hosts of one run agree, or --set decides`() async throws {
    let pair = """
      recipe {
        summary = "A pair",
        hosts = { { "from", "One" }, { "to", "Others", many = true } },
        params = { { "mode", "The mode", default = "700" } },
        run = function(hosts, params) note("web " .. params.mode) end,
      }
      """
    var hosts = [host("web1", ["mode": value("750")]), host("web2", ["mode": value("755")])]
    (hosts[0].role, hosts[1].role) = ("from", "to")
    let error = await #expect(throws: SettingProblems.self) { try await run(hosts, recipe: pair) }
    #expect(
      error?.description == "web1, web2: the parameter \"mode\" has different values for the hosts web1 and web2 "
        + "of one run; --set mode=… decides")
    let lines = try await run(hosts, ["mode=777"], recipe: pair)
    #expect(lines.contains { $0.contains("web 777") })
  }
}
