import Gatehouse
import GatehouseBase
public import GatehouseRecords

/// The rule for every `RecordStore`, for the tests of its authors: the store answers as `InMemoryRecords` does.
///
/// ```swift
/// @Test func conforms() async throws {
///     #expect(try await RecordStoreConformance.violations(of: MyStore(), seed: 1) == [])
/// }
/// ```
public enum RecordStoreConformance {
    /// Returns the places where a store differs from a store in memory, over random transactions.
    ///
    /// - Parameters:
    ///   - store: An empty store without other users.
    ///   - seed: Equal seeds make equal transactions.
    ///   - transactions: The number of transactions.
    /// - Returns: A sentence for each difference, ten at most; none if the store conforms.
    /// - Throws: The store's errors that it was not asked for.
    public static func violations(
        of store: some RecordStore,
        seed: UInt64,
        transactions: Int = 200
    ) async throws -> [String] {
        let model = InMemoryRecords()
        var generator = RecordSteps(seed: seed)
        var violations: [String] = []
        for number in 0..<transactions where violations.count < 10 {
            let steps = (0..<generator.number(1...6)).map { _ in generator.step() }
            let ending = generator.ending()
            let isRead = ending == .commits && steps.allSatisfy(\.isRead)
            let expected = try await run(steps, ending, isRead: isRead, on: model)
            let found = try await run(steps, ending, isRead: isRead, on: store)
            for (index, (expected, found)) in zip(expected, found).enumerated() where expected != found {
                violations.append("transaction \(number), \(steps[index]): \(found) in the place of \(expected)")
            }
            if expected.count != found.count { violations.append("transaction \(number) ended elsewhere") }
        }
        return violations
    }

    private struct Undone: Error {}

    private static func run(
        _ steps: [RecordStep],
        _ ending: RecordSteps.Ending,
        isRead: Bool,
        on store: some RecordStore
    ) async throws -> [String] {
        do {
            if isRead { return try await store.read { rows in try steps.map { try $0.answer(rows) } } }
            return try await store.write { rows in
                switch ending {
                case .commits: return try steps.map { try $0.answer(rows) }
                case .isUndone:
                    for step in steps { _ = try step.answer(rows) }
                    throw Undone()
                case .undoesSavepoint:
                    let first = try steps.prefix(1).map { try $0.answer(rows) }
                    do {
                        try rows.savepoint {
                            for step in steps { _ = try step.answer(rows) }
                            throw Undone()
                        }
                    } catch is Undone {}
                    return try first + rows.savepoint { try steps.dropFirst().map { try $0.answer(rows) } }
                }
            }
        } catch is Undone {
            return ["undone"]
        }
    }
}

/// A step of a transaction on the rows.
struct RecordStep: Sendable, CustomStringConvertible {
    let description: String
    let isRead: Bool
    /// Runs the step, and returns the answer as text. The text leaves out numbers of rows, which each store chooses.
    let answer: @Sendable (any RecordTransaction) throws -> String

    init(
        _ description: String,
        isRead: Bool = false,
        _ answer: @escaping @Sendable (any RecordTransaction) throws -> String
    ) {
        (self.description, self.isRead, self.answer) = (description, isRead, answer)
    }
}
