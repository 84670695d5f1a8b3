import GatehouseBase

extension OpaqueToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The id and the subject, bounded and escaped. Claims may be secrets, and are not shown.
    public var description: String { "\(id.printable) of \(subject.printable)" }
    /// The description.
    public var debugDescription: String { description }
    /// The parts of the description: nothing of the claims.
    public var customMirror: Mirror {
        Mirror(self, children: ["id": id.printable, "subject": subject.printable], displayStyle: .struct)
    }
}
