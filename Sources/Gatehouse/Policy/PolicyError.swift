/// A policy that cannot be used, with everything that is wrong with it.
public struct PolicyError: Error, Sendable, CustomStringConvertible {
    /// The reason for which the policy cannot be used.
    public let code: Code
    /// The findings, sorted by position if they have positions. At least one is an error, unless ``failure`` tells the reason.
    public let findings: [Finding]
    /// The failure of the machine because of which a policy without errors cannot be used; `nil` if the findings tell the reason.
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
    /// A reason for which a policy cannot be used.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The policy has errors, which the findings tell.
        public static var unsound: Self { Self(rawValue: "unsound") }
        /// The policy's revision cannot be computed, since libcrypto fails.
        public static var noRevision: Self { Self(rawValue: "no-revision") }
    }
}
