-- Spreads an installation over a Citus cluster, by account: psql --file distribute.sql, on the coordinator, once,
-- after `hallway migrate` made the tables there and before anybody serves. What an account has lies on one server.
-- Moving a large account to a server of its own: SELECT isolate_tenant_to_new_shard('message', 'the-account-id', 'CASCADE');
BEGIN;
SELECT create_reference_table('"account"');
SELECT create_distributed_table('"attempt"', 'account_id');
SELECT create_distributed_table('"conversation"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"course"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"department"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"hidden"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"message"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"user"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"enrolment"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"expert"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"import_job"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"managed_department"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"member"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"password"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"photo"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"session"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"training"', 'account_id', colocate_with => '"attempt"');
SELECT create_distributed_table('"attendee"', 'account_id', colocate_with => '"attempt"');
COMMIT;
