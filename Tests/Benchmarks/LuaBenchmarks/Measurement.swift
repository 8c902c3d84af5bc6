/// What one kind of work costs us, and plain C; in nanoseconds a round.
struct Measurement: Sendable {
  let title: String
  let rounds: Int
  /// The most that it may cost; nil where nothing was promised.
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

  /// Takes turns, so that what else the computer does falls on both.
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
