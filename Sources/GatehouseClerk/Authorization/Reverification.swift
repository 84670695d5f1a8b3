/// How lately a user must have proved who they are (Clerk, reverification).
public struct Reverification: Sendable, Hashable {
    /// Which factors must be fresh. A user without a second factor proves the first one instead.
    public enum Level: String, Sendable, Codable, CaseIterable {
        case firstFactor = "first_factor"
        case secondFactor = "second_factor"
        /// Both factors.
        case multiFactor = "multi_factor"
    }

    /// Which factors must be fresh.
    public var level: Level
    /// A factor is fresh while fewer minutes than these have gone by since it was proved; from 1.
    public var afterMinutes: Int

    /// Makes a requirement of its own. With no minutes, or fewer, nobody meets it.
    public init(_ level: Level, afterMinutes: Int) {
        (self.level, self.afterMinutes) = (level, afterMinutes)
    }

    /// Both factors within ten minutes.
    public static let strictMFA = Reverification(.multiFactor, afterMinutes: 10)
    /// The second factor within ten minutes.
    public static let strict = Reverification(.secondFactor, afterMinutes: 10)
    /// The second factor within an hour.
    public static let moderate = Reverification(.secondFactor, afterMinutes: 60)
    /// The second factor within a day.
    public static let lax = Reverification(.secondFactor, afterMinutes: 1_440)

    /// Whether factors of these ages do.
    func isMet(by ages: Principal.FactorAges) -> Bool {
        guard let second = ages.second else { return isFresh(ages.first) }
        return switch level {
        case .firstFactor: isFresh(ages.first)
        case .secondFactor: isFresh(second)
        case .multiFactor: isFresh(ages.first) && isFresh(second)
        }
    }

    private func isFresh(_ age: Int?) -> Bool { age.map { $0 < afterMinutes } ?? false }
}
