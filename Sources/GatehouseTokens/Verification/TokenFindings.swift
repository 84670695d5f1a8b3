import GatehouseBase
import Synchronization

/// The findings about a remembered token, such as its principal: kept with the token, so that the same token again is not read
/// anew. Of several who find something out, the last one's is kept.
package final class TokenFindings: Sendable {
    private struct Finding {
        let owner: any AnyObject & Sendable
        let value: any AnyObject & Sendable
    }

    /// The most bytes that a finding may take. Whoever keeps one sees to that; so much is set aside in the budget for each token.
    package static let maximumByteCount = 4_096

    private let finding = Mutex<Finding?>(nil)

    /// The memory that it takes without a finding.
    static let byteCount = HeapMemory.instance(MemoryLayout<Mutex<Finding?>>.stride)

    /// The earlier finding of an owner.
    package func value<Value: AnyObject & Sendable>(of owner: some AnyObject & Sendable, as type: Value.Type) -> Value?
    {
        guard let finding = finding.withLock({ $0 }), finding.owner === owner else { return nil }
        return finding.value as? Value
    }

    /// Keeps what an owner found out: no more than ``maximumByteCount`` bytes.
    package func keep(_ value: some AnyObject & Sendable, of owner: some AnyObject & Sendable) {
        finding.withLock { $0 = Finding(owner: owner, value: value) }
    }
}
