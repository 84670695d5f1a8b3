import Gatehouse
import GatehouseBase
import GatehouseRecords

/// A sequence of random steps. Equal seeds give equal steps.
struct RecordSteps {
    enum Ending: Sendable {
        case commits, isUndone, undoesSavepoint
    }

    private var state: UInt64
    /// The last instant, in milliseconds since 1970.
    private(set) var time: Int64 = 1_700_000_000_000
    var lastWebhook = 0

    /// The names that stores may confuse: names with NUL, names that look alike, the empty name, and names that differ in the order of
    /// bytes.
    private static let names = ["a", "A", "b", "a\0", "a\0b", "a\u{1}", "é", "e\u{301}", "=a", "z", "🙂", ""]
    private static let issuers = ["https://i", "https://j", ""]

    init(seed: UInt64) {
        state = seed
    }

    /// Returns the next random number, by SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }

    mutating func ending() -> Ending {
        switch number(0...9) {
        case 0: .isUndone
        case 1: .undoesSavepoint
        default: .commits
        }
    }

    mutating func name() -> String { pick(Self.names) }
    /// Returns a name for an object. The name is not empty.
    mutating func id() -> String { pick(Self.names.filter { !$0.isEmpty }) }
    mutating func optionalName() -> String? { number(0...2) == 0 ? nil : name() }
    mutating func issuer() -> String { pick(Self.issuers) }

    mutating func instant() -> Timestamp {
        time += Int64(number(0...2_000))
        return Timestamp(clampingMilliseconds: time)
    }

    mutating func version() -> ObjectVersion {
        ObjectVersion(updated: Int64(number(0...50)), told: Int64(number(0...50)), tie: name())
    }

    mutating func member() -> Member { Member(name(), in: optionalName(), issuer: issuer()) }

    mutating func step() -> RecordStep {
        switch number(0...9) {
        case 0...2: webhookStep()
        case 3...4: directoryStep()
        case 5...6: holdingStep()
        case 7: changeStep()
        default: auditStep()
        }
    }
}
