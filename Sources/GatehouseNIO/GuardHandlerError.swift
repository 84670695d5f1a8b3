#if NIO
/// A mistake in the place where a ``GuardHandler`` was added to a channel's pipeline.
public struct GuardHandlerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of mistake.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public var description: String { rawValue }

        /// The handler stands behind NIO's upgrade handler, so that nobody would decide about upgrades.
        public static var behindUpgradeHandler: Self { Self(rawValue: "behind-upgrade-handler") }
    }

    /// The kind of mistake.
    public let code: Code

    init(_ code: Code) {
        self.code = code
    }

    public var description: String {
        "the guard stands behind HTTPServerUpgradeHandler, and upgrades would pass undecided: add it at the position before that [\(code)]"
    }
}
#endif
