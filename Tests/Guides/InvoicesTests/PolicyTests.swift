#if Server
import GatehouseTesting
import Testing

@testable import Invoices

@Test func whoMayDoWhat() throws {
    try expect(
        policy,
        """
        | permission        | org:member | org:auditor | org:admin |
        |-------------------|------------|-------------|-----------|
        | org:invoices:read | allow      | allow       | allow     |
        | org:invoices:void |            | deny        | allow     |
        """
    )
}
#endif
