/// A policy that cannot be used, with everything that is wrong with it.
public struct PolicyError: Error, Sendable, CustomStringConvertible {
    /// Why it cannot be used.
    public let code: Code
    /// The findings; at least one is an error, unless ``failure`` says why there is none. Sorted by position where there are positions.
    public let findings: [Finding]
    /// The machine's failure, for which a policy without errors cannot be used all the same; `nil` if the findings say what is wrong.
    public let failure: String?

    /// Makes an error.
    public init(findings: [Finding]) {
        code = .unsound
        self.findings = findings
        failure = nil
    }

    init(failure: String) {
        code = .noRevision
        findings = []
        self.failure = failure
    }

    public var description: String {
        failure ?? findings.map(\.description).joined(separator: "\n")
    }
}

extension PolicyError {
    /// Why a policy cannot be used.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// Its findings say.
        public static var unsound: Self { Self(rawValue: "unsound") }
        /// Its revision cannot be computed, since libcrypto fails.
        public static var noRevision: Self { Self(rawValue: "no-revision") }
    }
}
