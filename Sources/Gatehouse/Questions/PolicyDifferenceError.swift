/// A failure to compare two policies.
public struct PolicyDifferenceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The number of steps that a comparison may take. For each subject whose permissions may have changed, it takes eight steps for each
    /// role that the subject holds directly or by inheritance, and one step for each permission.
    public static let maximumSteps = 1 << 25

    /// The reason for which the policies cannot be compared.
    public let code: Code

    /// Makes an error.
    public init(_ code: Code) {
        self.code = code
    }

    public var description: String {
        switch code {
        case .tooManySteps:
            "the policies differ in so much that to compare them takes more than \(Self.maximumSteps) steps: eight for each role that "
                + "somebody has, itself or by inheritance, and one for each permission"
        default: "the policies cannot be compared: \(code)"
        }
    }
}

extension PolicyDifferenceError {
    /// A reason for which two policies cannot be compared.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The comparison would take too long.
        public static var tooManySteps: Self { Self(rawValue: "too-many-steps") }
    }
}
