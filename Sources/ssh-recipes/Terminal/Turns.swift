/// Lets questions happen one after the other, in the order in which they came, so that several hosts never talk at once.
actor Turns {
  private var last: Task<Void, Never>?

  func take<Answer: Sendable>(_ question: @escaping @Sendable () async -> Answer) async -> Answer {
    let previous = last
    let turn = Task {
      await previous?.value
      return await question()
    }
    last = Task { _ = await turn.value }
    return await withTaskCancellationHandler {
      await turn.value
    } onCancel: {
      turn.cancel()
    }
  }
}
