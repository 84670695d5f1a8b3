import GatehouseBase
import Synchronization
import Testing

@testable import Gatehouse

@Suite("The state that all entries of an organization share")
struct OrganizationTableTests {
    private let issuer = Issuer("i")

    @Test("the later of two invalidations counts, whichever comes to the organization first")
    func overtakingInvalidations() {
        let table = OrganizationTable()
        let cell = table.retain(issuer: issuer, organization: "o")
        for epoch in [6, 5] as [UInt64] { table.invalidate(issuer: "i", organization: "o", epoch: epoch) }
        #expect(cell.goodSince.load(ordering: .acquiring) == 6)
    }

    @Test("a cell is kept while it is used, and no longer")
    func uses() {
        let table = OrganizationTable()
        let cell = table.retain(issuer: issuer, organization: nil)
        #expect(table.retain(issuer: issuer, organization: nil) === cell)
        #expect(table.retain(issuer: issuer, organization: "") !== cell)
        #expect(table.count == 2)
        for _ in 0..<2 { table.release(cell) }
        #expect(table.count == 1)
        #expect(table.retain(issuer: issuer, organization: nil) !== cell)
    }

    /// Texts of which some lie in place and some apart, and of which some are canonically equal.
    private static let texts =
        ["", "o", "p", "\u{E9}", "e\u{301}"]
        + [31, 32, 33].flatMap { count in
            ["x", "y"].map { String(repeating: "x", count: count - 1) + $0 }
        }

    @Test("a cell is that of its own issuer and organization alone, by bytes", arguments: texts)
    func identity(issuer: String) {
        let organizations = Self.texts + [nil]
        for organization in organizations {
            let cell = OrganizationCell(issuer: Issuer(issuer), organization: organization)
            for otherIssuer in Self.texts {
                let scope = PermissionScope(issuer: otherIssuer, seed: 7)
                for other in organizations {
                    let isSame =
                        issuer.hasSameBytes(as: otherIssuer)
                        && organization.map { ByteText($0) } == other.map { ByteText($0) }
                    #expect(scope.withKey(organization: other, user: "u") { cell.isSame(as: $0) } == isSame)
                }
            }
        }
    }
}
