import Synchronization

/// The cells of the organizations that have entries or loads.
final class OrganizationTable: Sendable {
    private struct Cells {
        var uses: [Member: (cell: OrganizationCell, count: Int)] = [:]
    }

    private let cells = Mutex(Cells())

    /// The number of organizations that have entries or loads.
    var count: Int { cells.withLock { $0.uses.count } }

    /// Returns the cell of an organization, for one entry or load. The caller must give the cell back.
    func retain(issuer: Issuer, organization: String?) -> OrganizationCell {
        cells.withLock { cells in
            let name = Self.name(issuer.name, organization)
            let use = cells.uses[name] ?? (OrganizationCell(issuer: issuer, organization: organization), 0)
            cells.uses[name] = (use.cell, use.count + 1)
            return use.cell
        }
    }

    /// Gives back a cell.
    func release(_ cell: OrganizationCell) {
        cells.withLock { cells in
            let name = Self.name(cell.issuer.name, cell.organization)
            guard let use = cells.uses[name] else { return }
            cells.uses[name] = use.count > 1 ? (use.cell, use.count - 1) : nil
        }
    }

    /// Makes everything useless that was loaded for an organization before an epoch, even after an invalidation with a later epoch.
    func invalidate(issuer: String, organization: String?, epoch: UInt64) {
        cells.withLock { _ = $0.uses[Self.name(issuer, organization)]?.cell.goodSince.max(epoch, ordering: .releasing) }
    }

    /// Returns an organization's name, as that of a member without a name.
    private static func name(_ issuer: String, _ organization: String?) -> Member {
        Member("", in: organization, issuer: issuer)
    }
}
