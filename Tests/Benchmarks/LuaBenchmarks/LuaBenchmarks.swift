import Lua
import LuaBaseline

/// Compares the machine with plain C and the same liblua, in the same process. An argument selects the measurements
/// with titles that begin with it.
@main
struct LuaBenchmarks {
  static func main() async throws {
    let bench = try await MachineBench()
    let measurements = [
      Measurement(
        title: "call that does not wait, f(i)", rounds: 100_000, bar: 200,
        machine: { try await bench.time("echo", "f(i)", $0) }, plain: baseline_call),
      Measurement(
        title: "call with two named arguments", rounds: 20_000, bar: nil,
        machine: { try await bench.time("take", "f { path = '~/.ssh', mode = '700' }", $0) }, plain: baseline_named),
      Measurement(
        title: "call that waits, f(i)", rounds: 20_000, bar: 2000,
        machine: { try await bench.time("wait", "f(i)", $0) }, plain: baseline_wait),
      Measurement(
        title: "a state, made and closed", rounds: 200, bar: nil,
        machine: { try await MachineBench.timeStates($0) }, plain: baseline_state),
      Measurement(
        title: "a table of 1,000 entries, out of Lua", rounds: 200, bar: nil,
        machine: { try await bench.time("take", "f(t)", $0) }, plain: baseline_read_table),
      Measurement(
        title: "a table of 1,000 entries, into Lua", rounds: 200, bar: nil,
        machine: { try await bench.time("give", "f()", $0) }, plain: baseline_push_table),
    ]
    print("\(LuaRelease.name); nanoseconds, least and median of 25")
    print(row(["", "ssh-recipes", "", "plain C", "", "ratio", "bar"]))
    let wanted = CommandLine.arguments.dropFirst().first ?? ""
    for measurement in measurements where measurement.title.hasPrefix(wanted) {
      let (ours, plain) = try await measurement.figures(repeats: 25)
      print(
        row([
          measurement.title, whole(ours.least), whole(ours.median), whole(plain.least), whole(plain.median),
          tenths(ours.least / plain.least),
          measurement.bar.map { "\(whole($0)) \(ours.least <= $0 ? "held" : "MISSED")" } ?? "",
        ]))
    }
  }

  private static func row(_ cells: [String]) -> String {
    let widths = [38, 12, 9, 9, 9, 7, 12]
    return zip(cells, widths).enumerated().map { index, cell in
      let padding = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return index == 0 ? cell.0 + padding : padding + cell.0
    }.joined()
  }

  private static func whole(_ value: Double) -> String { "\(Int(value.rounded()))" }
  private static func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
