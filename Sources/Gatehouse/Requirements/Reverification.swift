/// A demand that a user has proved lately who they are (Clerk, reverification).
public struct Reverification: Sendable, Hashable {
    /// The factors that must be fresh.
    public enum Level: String, Sendable, Codable, CaseIterable {
        /// The first factor.
        case firstFactor = "first_factor"
        /// The second factor, or the first factor of a user without a second one.
        case secondFactor = "second_factor"
        /// Both factors, or the first factor of a user without a second one.
        case multiFactor = "multi_factor"
        /// The second factor. A user without a second factor does not pass. Clerk has no such level.
        case secondFactorStrict = "second_factor_strict"
    }

    /// The factors that must be fresh.
    public var level: Level
    /// The number of minutes, at least 1, for which a factor is fresh after its proof; `nil` if a factor is fresh at any age.
    public var afterMinutes: Int?

    /// Makes a demand. Nobody meets a demand of less than one minute, and no step up is asked for.
    public init(_ level: Level, afterMinutes: Int?) {
        (self.level, self.afterMinutes) = (level, afterMinutes)
    }

    /// Both factors, proved within ten minutes.
    public static let strictMFA = Reverification(.multiFactor, afterMinutes: 10)
    /// The second factor within ten minutes.
    public static let strict = Reverification(.secondFactor, afterMinutes: 10)
    /// The second factor within an hour.
    public static let moderate = Reverification(.secondFactor, afterMinutes: 60)
    /// The second factor within a day.
    public static let lax = Reverification(.secondFactor, afterMinutes: 1_440)

    /// Returns true if factors of these ages meet the demand. An age below 0 stands for a factor that was never proved.
    package func isMet(by ages: Principal.FactorAges) -> Bool {
        guard let second = ages.second, second >= 0 else {
            return level != .secondFactorStrict && isFresh(ages.first)
        }
        return switch level {
        case .firstFactor: isFresh(ages.first)
        case .secondFactor, .secondFactorStrict: isFresh(second)
        case .multiFactor: isFresh(ages.first) && isFresh(second)
        }
    }

    private func isFresh(_ age: Int?) -> Bool {
        guard let age, age >= 0 else { return false }
        return afterMinutes.map { age < $0 } ?? true
    }

    /// Returns the order from the weakest to the strongest demand, so that the outcome does not depend on the order of branches.
    static func isWeaker(_ lhs: Self, _ rhs: Self) -> Bool {
        guard lhs.level == rhs.level else { return lhs.level.strength < rhs.level.strength }
        return (lhs.afterMinutes ?? .max) > (rhs.afterMinutes ?? .max)
    }
}

extension Reverification.Level {
    fileprivate var strength: Int {
        switch self {
        case .firstFactor: 0
        case .secondFactor: 1
        case .secondFactorStrict: 2
        case .multiFactor: 3
        }
    }
}

extension Reverification: CustomStringConvertible {
    /// The level and the minutes, such as `second_factor within 10 min`.
    public var description: String { level.rawValue + (afterMinutes.map { " within \($0) min" } ?? "") }
}
