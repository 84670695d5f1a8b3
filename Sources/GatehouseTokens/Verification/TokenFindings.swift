import GatehouseBase
import Synchronization

/// The findings about a remembered token, such as its principal. They are kept with the token, so that a repeated token is not read again.
/// If there are several owners, only the finding of the last owner is kept.
package final class TokenFindings: Sendable {
    private struct Finding {
        let owner: any AnyObject & Sendable
        let value: any AnyObject & Sendable
    }

    /// The largest memory of a finding, in bytes. The owner of the finding observes the limit. The budget reserves this memory for each
    /// token.
    package static let maximumByteCount = 4_096

    private let finding = Mutex<Finding?>(nil)

    /// The memory of an instance without a finding, in bytes.
    static let byteCount = HeapMemory.instance(MemoryLayout<Mutex<Finding?>>.stride)

    /// Returns the earlier finding of an owner.
    package func value<Value: AnyObject & Sendable>(of owner: some AnyObject & Sendable, as type: Value.Type) -> Value?
    {
        guard let finding = finding.withLock({ $0 }), finding.owner === owner else { return nil }
        return finding.value as? Value
    }

    /// Keeps the finding of an owner, which has at most ``maximumByteCount`` bytes.
    package func keep(_ value: some AnyObject & Sendable, of owner: some AnyObject & Sendable) {
        finding.withLock { $0 = Finding(owner: owner, value: value) }
    }
}
