/// Waits until a value is the expected one. The value is read again and again, and other tasks run in between.
///
/// ```swift
/// let check = Task { try await authorizer.isAllowed("docs:read", for: alice) }
/// try await eventually(equals: 1) { source.loads }
/// ```
///
/// - Parameters:
///   - expected: The value to wait for.
///   - limit: The longest time to wait. The value is read a hundred times at least.
///   - fileID: The file of the test.
///   - line: The line of the test.
///   - value: Reads the value.
/// - Throws: ``EventuallyError`` with the value that was seen last, at the end of the time and when the task is cancelled; errors of
///   the reading.
public nonisolated(nonsending) func eventually<Value: Equatable>(
    equals expected: Value,
    within limit: Duration = .seconds(60),
    fileID: String = #fileID,
    line: Int = #line,
    _ value: () async throws -> Value
) async throws {
    _ = try await poll(value, until: { $0 == expected }, within: limit) { seen in
        EventuallyError(description: "\(fileID):\(line): expected \(expected), last seen \(seen) (limit \(limit))")
    }
}

/// Waits until a value meets a condition. The value is read again and again, and other tasks run in between.
///
/// ```swift
/// try await eventually { transport.requests.count } satisfies: { $0 >= 2 }
/// ```
///
/// - Parameters:
///   - limit: The longest time to wait. The value is read a hundred times at least.
///   - fileID: The file of the test.
///   - line: The line of the test.
///   - value: Reads the value.
///   - condition: True for the expected value.
/// - Returns: The value that met the condition.
/// - Throws: ``EventuallyError`` with the value that was seen last, at the end of the time and when the task is cancelled; errors of
///   the reading.
@discardableResult
public nonisolated(nonsending) func eventually<Value>(
    within limit: Duration = .seconds(60),
    fileID: String = #fileID,
    line: Int = #line,
    _ value: () async throws -> Value,
    satisfies condition: (Value) -> Bool
) async throws -> Value {
    try await poll(value, until: condition, within: limit) { seen in
        EventuallyError(description: "\(fileID):\(line): not as expected, last seen \(seen) (limit \(limit))")
    }
}

/// An error about a value that a test waited for in vain.
public struct EventuallyError: Error, Sendable, CustomStringConvertible {
    /// The place in the test, and the last value.
    public let description: String
}

private nonisolated(nonsending) func poll<Value>(
    _ value: () async throws -> Value,
    until condition: (Value) -> Bool,
    within limit: Duration,
    _ error: (Value) -> EventuallyError
) async throws -> Value {
    let end = ContinuousClock.now.advanced(by: limit)
    // A busy machine gives a test few turns, so that the time alone says little.
    var turns = 0
    while true {
        turns += 1
        let isLast = Task.isCancelled || turns >= 100 && ContinuousClock.now >= end
        let seen = try await value()
        if condition(seen) { return seen }
        if isLast { throw error(seen) }
        // A short wait costs only turns. A long wait leaves the processor to the awaited tasks.
        if turns < 1_000 { await Task.yield() } else { try? await Task.sleep(for: .milliseconds(1)) }
    }
}
