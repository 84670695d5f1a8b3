import Synchronization

/// What all entries of one (issuer, organization) share: its bytes, and what was loaded too early to count.
///
/// An entry refers to its cell, so that one store forgets a whole organization, whatever its size, and no reader waits.
final class OrganizationCell: Sendable {
    let issuer: String
    let organization: String?
    /// Loads that began before this epoch are no longer good.
    let goodSince = Atomic<UInt64>(0)
    /// Issuer, then organization: written in the initializer alone and freed by `deinit`.
    private nonisolated(unsafe) let bytes: UnsafeBufferPointer<UInt8>
    private let issuerCount: Int

    init(issuer: String, organization: String?) {
        self.issuer = issuer
        self.organization = organization
        issuerCount = issuer.utf8.count
        let all = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: issuerCount + (organization?.utf8.count ?? 0))
        let end = all.initialize(fromContentsOf: issuer.utf8)
        if let organization { _ = all[end...].initialize(fromContentsOf: organization.utf8) }
        bytes = UnsafeBufferPointer(all)
    }

    deinit { bytes.deallocate() }

    @inline(__always)
    func isSame(as key: PermissionKey) -> Bool {
        guard issuerCount == key.issuer.count, bytes.count == issuerCount + (key.organization?.count ?? 0),
            (organization == nil) == (key.organization == nil)
        else { return false }
        if let organization = key.organization {
            let mine = UnsafeBufferPointer(rebasing: bytes[issuerCount...])
            guard mine.hasSameBytes(as: organization) else { return false }
        }
        return UnsafeBufferPointer(rebasing: bytes[..<issuerCount]).hasSameBytes(as: key.issuer)
    }
}

/// The cells of the organizations that have entries or loads.
final class OrganizationTable: Sendable {
    private struct Cells {
        var uses: [Member: (cell: OrganizationCell, count: Int)] = [:]
    }

    private let cells = Mutex(Cells())

    /// How many organizations have entries or loads.
    var count: Int { cells.withLock { $0.uses.count } }

    /// The cell of an organization, for one entry or load, which must give it back.
    func retain(issuer: String, organization: String?) -> OrganizationCell {
        cells.withLock { cells in
            let name = Self.name(issuer, organization)
            let use = cells.uses[name] ?? (OrganizationCell(issuer: issuer, organization: organization), 0)
            cells.uses[name] = (use.cell, use.count + 1)
            return use.cell
        }
    }

    /// Gives back a cell.
    func release(_ cell: OrganizationCell) {
        cells.withLock { cells in
            let name = Self.name(cell.issuer, cell.organization)
            guard let use = cells.uses[name] else { return }
            cells.uses[name] = use.count > 1 ? (use.cell, use.count - 1) : nil
        }
    }

    /// Makes everything that was loaded for an organization before an epoch useless, also where one of a later epoch came first.
    func invalidate(issuer: String, organization: String?, epoch: UInt64) {
        cells.withLock { _ = $0.uses[Self.name(issuer, organization)]?.cell.goodSince.max(epoch, ordering: .releasing) }
    }

    /// An organization's name, as that of a member without a name.
    private static func name(_ issuer: String, _ organization: String?) -> Member {
        Member("", in: organization, issuer: issuer)
    }
}
