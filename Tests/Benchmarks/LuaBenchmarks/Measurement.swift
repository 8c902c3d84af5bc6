/// The cost of one kind of work for the machine and for plain C, in nanoseconds per round.
struct Measurement: Sendable {
  let title: String
  let rounds: Int
  /// The highest allowed cost; nil without a limit.
  let bar: Double?
  let machine: @Sendable (Int) async throws -> Double
  let plain: @Sendable (Int32) -> Double

  struct Figures {
    let least: Double
    let median: Double

    init(_ values: [Double]) {
      let sorted = values.sorted()
      least = sorted.first ?? .nan
      median = sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    }
  }

  /// Alternates, so that other load on the computer affects both.
  func figures(repeats: Int) async throws -> (machine: Figures, plain: Figures) {
    var machineTimes: [Double] = []
    var plainTimes: [Double] = []
    for _ in 0..<repeats {
      machineTimes.append(try await machine(rounds))
      plainTimes.append(plain(Int32(clamping: rounds)))
    }
    return (Figures(machineTimes), Figures(plainTimes))
  }
}
