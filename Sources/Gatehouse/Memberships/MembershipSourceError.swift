/// The reason for which a membership source did not answer.
public struct MembershipSourceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure.
    public var code: Code
    /// The failure in words, for logs.
    public var message: String
    /// The time after which a new attempt may succeed; `nil` if the time is not known.
    public var retryAfter: Duration?

    /// Makes an error.
    public init(_ message: String, code: Code = .failed, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }

    public var description: String { message }
}

extension MembershipSourceError {
    /// A reason for which a source did not answer. A source may have codes of its own.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The source failed.
        public static var failed: Self { Self(rawValue: "failed") }
        /// The source did not answer in time.
        public static var timedOut: Self { Self(rawValue: "timed-out") }
        /// The source's knowledge is too old.
        public static var lagging: Self { Self(rawValue: "lagging") }
        /// A store does not make the change, since the change itself is wrong, such as a role for a member who was deleted. The store has
        /// changed nothing.
        public static var refused: Self { Self(rawValue: "refused") }
    }
}

extension MembershipSourceError: MembershipStoreError {
    package var refusesChange: Bool { code == .refused }
}

/// An error of a store that tells a refused change from a failed change.
package protocol MembershipStoreError: Error {
    /// True if the store refused the change, since the change itself is wrong. The store has changed nothing then.
    var refusesChange: Bool { get }
}
