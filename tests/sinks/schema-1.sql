BEGIN TRANSACTION;
CREATE TABLE bodies (
	doc_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	span_page BIGINT, 
	rule TEXT NOT NULL, 
	confidence DOUBLE, 
	origin TEXT NOT NULL, 
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	canonical TEXT, 
	organisation_id TEXT, 
	kind TEXT, 
	level TEXT, 
	jurisdiction TEXT, 
	successors TEXT NOT NULL, 
	item_key TEXT NOT NULL, 
	PRIMARY KEY (doc_id, id), 
	CONSTRAINT bodies_origin CHECK (origin IN ('text', 'ocr')), 
	CONSTRAINT bodies_role CHECK (role IN ('lead', 'coordinate', 'supervise', 'approve')), 
	CONSTRAINT bodies_kind CHECK (kind IN ('state', 'party', 'front', 'court', 'procuracy', 'mass', 'enterprise', 'school', 'group', 'office_holder')), 
	CONSTRAINT bodies_level CHECK (level IN ('central', 'province', 'district', 'commune', 'any')), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id)
);
INSERT INTO "bodies" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','b1','Sở KH&ĐT',80,88,NULL,'test.rule',NULL,'text','Sở Kế hoạch và Đầu tư','lead','Sở Kế hoạch và Đầu tư','so.ke_hoach_dau_tu','state','province',NULL,'["so.tai_chinh"]','80-88');
INSERT INTO "bodies" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','b2','các xã',100,106,NULL,'test.rule',NULL,'text','Các xã','coordinate',NULL,NULL,NULL,NULL,NULL,'[]','100-106');
CREATE TABLE corrections (
	doc_id TEXT NOT NULL, 
	item TEXT NOT NULL, 
	item_key TEXT DEFAULT '' NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	field TEXT DEFAULT '*' NOT NULL, 
	verdict TEXT DEFAULT 'corrected' NOT NULL, 
	old_value TEXT, 
	new_value TEXT, 
	made_by TEXT, 
	made_at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL, 
	note TEXT, 
	PRIMARY KEY (doc_id, item, item_key, field), 
	CONSTRAINT corrections_item CHECK (item IN ('document', 'quantity', 'deadline', 'body', 'goal', 'task', 'reference')), 
	CONSTRAINT corrections_verdict CHECK (verdict = 'rejected' AND field = '*' OR verdict = 'corrected' AND (item || '.' || field) IN ('body.canonical', 'body.name', 'body.organisation_id', 'body.role', 'deadline.end_on', 'deadline.kind', 'deadline.start_on', 'document.doc_type', 'document.effective_on', 'document.issued_on', 'document.issuer', 'document.issuer_key', 'document.number', 'document.number_key', 'document.signer', 'document.title', 'goal.deadline_id', 'goal.indicator', 'goal.indicator_key', 'goal.kind', 'goal.quantity_id', 'quantity.delta', 'quantity.high', 'quantity.low', 'quantity.op', 'quantity.role', 'quantity.unit', 'reference.doc_type', 'reference.issued_on', 'reference.issuer', 'reference.issuer_key', 'reference.number', 'reference.number_key', 'reference.relation', 'task.deadline_id') AND new_value IS NOT NULL), 
	CONSTRAINT corrections_json CHECK (new_value IS NULL OR json_valid(new_value)), 
	CONSTRAINT corrections_number CHECK (CASE WHEN field IN ('low', 'high') THEN json_extract(new_value, '$') IS NULL OR typeof(json_extract(new_value, '$')) IN ('real', 'integer') ELSE 1 = 1 END), 
	CONSTRAINT corrections_date CHECK (CASE WHEN field IN ('start_on', 'end_on', 'issued_on', 'effective_on') THEN json_extract(new_value, '$') IS NULL OR COALESCE(date(json_extract(new_value, '$')) = json_extract(new_value, '$'), 0) ELSE 1 = 1 END)
);
INSERT INTO "corrections" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','goal','30-51','95% hộ dùng nước sạch','indicator','corrected',NULL,'"hộ dùng nước sạch hợp vệ sinh"','An','2026-01-05 08:00:00',NULL);
CREATE TABLE deadlines (
	doc_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	span_page BIGINT, 
	rule TEXT NOT NULL, 
	confidence DOUBLE, 
	origin TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	start_on DATE, 
	end_on DATE, 
	rrule TEXT, 
	duration TEXT, 
	anchor TEXT, 
	item_key TEXT NOT NULL, 
	PRIMARY KEY (doc_id, id), 
	CONSTRAINT deadlines_origin CHECK (origin IN ('text', 'ocr')), 
	CONSTRAINT deadlines_kind CHECK (kind IN ('by', 'during', 'on', 'from', 'recurring', 'relative', 'ongoing')), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id)
);
INSERT INTO "deadlines" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','t1','đến năm 2030',40,52,NULL,'test.rule',NULL,'text','by',NULL,'2030-12-31',NULL,NULL,NULL,'40-52');
INSERT INTO "deadlines" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','t2','hằng quý',60,68,NULL,'test.rule',NULL,'text','recurring',NULL,NULL,'FREQ=MONTHLY;INTERVAL=3',NULL,NULL,'60-68');
CREATE TABLE diagnostic_places (
	doc_id TEXT NOT NULL, 
	position BIGINT NOT NULL, 
	place BIGINT NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	span_page BIGINT, 
	PRIMARY KEY (doc_id, position, place), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id)
);
INSERT INTO "diagnostic_places" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',1,1,30,33,NULL);
INSERT INTO "diagnostic_places" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',1,2,40,43,NULL);
CREATE TABLE diagnostics (
	doc_id TEXT NOT NULL, 
	position BIGINT NOT NULL, 
	level TEXT NOT NULL, 
	code TEXT NOT NULL, 
	message TEXT NOT NULL, 
	span_start BIGINT, 
	span_end BIGINT, 
	span_page BIGINT, 
	PRIMARY KEY (doc_id, position), 
	CONSTRAINT diagnostics_level CHECK (level IN ('info', 'warning', 'error')), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id)
);
INSERT INTO "diagnostics" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',1,'warning','contradiction','Two values.',30,33,NULL);
CREATE TABLE documents (
	doc_id TEXT NOT NULL, 
	schema_version TEXT NOT NULL, 
	number TEXT, 
	doc_type TEXT, 
	title TEXT, 
	issuer TEXT, 
	issued_on DATE, 
	place TEXT, 
	effective_on DATE, 
	signer TEXT, 
	signer_title TEXT, 
	about_number TEXT, 
	about_doc_type TEXT, 
	about_issuer TEXT, 
	about_issued_on DATE, 
	number_key TEXT, 
	issuer_key TEXT, 
	text TEXT, 
	record_digest TEXT NOT NULL, 
	run_id TEXT NOT NULL, 
	PRIMARY KEY (doc_id), 
	CONSTRAINT documents_doc_type CHECK (doc_type IN ('nghi_quyet', 'chi_thi', 'quyet_dinh', 'ke_hoach', 'cong_dien', 'thong_bao', 'chuong_trinh', 'ket_luan', 'cong_van', 'de_an', 'nghi_dinh', 'thong_tu', 'luat', 'bao_cao', 'huong_dan', 'bai_viet', 'to_trinh', 'quy_dinh', 'quy_che', 'phap_lenh', 'van_ban_hop_nhat', 'khac')), 
	CONSTRAINT documents_about_doc_type CHECK (about_doc_type IN ('nghi_quyet', 'chi_thi', 'quyet_dinh', 'ke_hoach', 'cong_dien', 'thong_bao', 'chuong_trinh', 'ket_luan', 'cong_van', 'de_an', 'nghi_dinh', 'thong_tu', 'luat', 'bao_cao', 'huong_dan', 'bai_viet', 'to_trinh', 'quy_dinh', 'quy_che', 'phap_lenh', 'van_ban_hop_nhat', 'khac')), 
	FOREIGN KEY(run_id) REFERENCES runs (run_id)
);
INSERT INTO "documents" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','1.0','a/KH-UBND',NULL,NULL,NULL,'2024-03-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'A/KH-UBND',NULL,NULL,'901af5165406c0f4c739ffd93f4aab834c378015428662bc0ae5e7667c541950','83906e412d3a4867af4063022e23e2d2');
CREATE TABLE goal_bodies (
	doc_id TEXT NOT NULL, 
	goal_id TEXT NOT NULL, 
	body_id TEXT NOT NULL, 
	PRIMARY KEY (doc_id, goal_id, body_id), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id), 
	FOREIGN KEY(doc_id, goal_id) REFERENCES goals (doc_id, id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(doc_id, body_id) REFERENCES bodies (doc_id, id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "goal_bodies" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','g1','b2');
CREATE TABLE goals (
	doc_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	span_page BIGINT, 
	rule TEXT NOT NULL, 
	confidence DOUBLE, 
	origin TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	indicator TEXT, 
	quantity_id TEXT, 
	deadline_id TEXT, 
	section_id TEXT, 
	indicator_key TEXT, 
	item_key TEXT NOT NULL, 
	PRIMARY KEY (doc_id, id), 
	CONSTRAINT goals_origin CHECK (origin IN ('text', 'ocr')), 
	CONSTRAINT goals_kind CHECK (kind IN ('quantified', 'qualitative')), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id), 
	FOREIGN KEY(doc_id, quantity_id) REFERENCES quantities (doc_id, id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(doc_id, deadline_id) REFERENCES deadlines (doc_id, id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(doc_id, section_id) REFERENCES sections (doc_id, id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "goals" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','g1','95% hộ dùng nước sạch',30,51,NULL,'test.rule',NULL,'text','quantified','hộ dùng nước sạch','q1','t1','s2','hộ dùng nước sạch','30-51');
CREATE TABLE occurrences (
	doc_id TEXT NOT NULL, 
	deadline_id TEXT NOT NULL, 
	due_on DATE NOT NULL, 
	start_on DATE NOT NULL, 
	PRIMARY KEY (doc_id, deadline_id, due_on), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id), 
	FOREIGN KEY(doc_id, deadline_id) REFERENCES deadlines (doc_id, id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "occurrences" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','t2','2024-03-31','2024-01-01');
INSERT INTO "occurrences" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','t2','2024-06-30','2024-04-01');
INSERT INTO "occurrences" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','t2','2024-09-30','2024-07-01');
INSERT INTO "occurrences" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','t2','2024-12-31','2024-10-01');
CREATE TABLE organisation_successors (
	organisation_id TEXT NOT NULL, 
	successor_id TEXT NOT NULL, 
	PRIMARY KEY (organisation_id, successor_id), 
	FOREIGN KEY(organisation_id) REFERENCES organisations (organisation_id), 
	FOREIGN KEY(successor_id) REFERENCES organisations (organisation_id)
);
CREATE TABLE organisations (
	organisation_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	level TEXT NOT NULL, 
	since DATE, 
	until DATE, 
	PRIMARY KEY (organisation_id), 
	CONSTRAINT organisations_kind CHECK (kind IN ('state', 'party', 'front', 'court', 'procuracy', 'mass', 'enterprise', 'school', 'group', 'office_holder')), 
	CONSTRAINT organisations_level CHECK (level IN ('central', 'province', 'district', 'commune', 'any'))
);
CREATE TABLE quantities (
	doc_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	span_page BIGINT, 
	rule TEXT NOT NULL, 
	confidence DOUBLE, 
	origin TEXT NOT NULL, 
	low DOUBLE, 
	high DOUBLE, 
	op TEXT NOT NULL, 
	unit TEXT, 
	delta TEXT, 
	role TEXT NOT NULL, 
	indicator TEXT, 
	indicator_key TEXT, 
	item_key TEXT NOT NULL, 
	PRIMARY KEY (doc_id, id), 
	CONSTRAINT quantities_origin CHECK (origin IN ('text', 'ocr')), 
	CONSTRAINT quantities_op CHECK (op IN ('eq', 'ge', 'gt', 'le', 'lt', 'approx', 'range')), 
	CONSTRAINT quantities_delta CHECK (delta IN ('up', 'down')), 
	CONSTRAINT quantities_role CHECK (role IN ('target', 'achieved', 'baseline', 'other')), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id)
);
INSERT INTO "quantities" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','q1','95%',30,33,NULL,'test.rule',NULL,'text',95.0,95.0,'eq','%',NULL,'target',NULL,NULL,'30-33');
CREATE TABLE refs (
	doc_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	span_page BIGINT, 
	rule TEXT NOT NULL, 
	confidence DOUBLE, 
	origin TEXT NOT NULL, 
	number TEXT NOT NULL, 
	doc_type TEXT, 
	issued_on DATE, 
	issuer TEXT, 
	relation TEXT NOT NULL, 
	number_key TEXT, 
	issuer_key TEXT, 
	item_key TEXT NOT NULL, 
	PRIMARY KEY (doc_id, id), 
	CONSTRAINT refs_origin CHECK (origin IN ('text', 'ocr')), 
	CONSTRAINT refs_doc_type CHECK (doc_type IN ('nghi_quyet', 'chi_thi', 'quyet_dinh', 'ke_hoach', 'cong_dien', 'thong_bao', 'chuong_trinh', 'ket_luan', 'cong_van', 'de_an', 'nghi_dinh', 'thong_tu', 'luat', 'bao_cao', 'huong_dan', 'bai_viet', 'to_trinh', 'quy_dinh', 'quy_che', 'phap_lenh', 'van_ban_hop_nhat', 'khac')), 
	CONSTRAINT refs_relation CHECK (relation IN ('based_on', 'amends', 'replaces', 'repeals', 'guides', 'attached_to', 'cites')), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id)
);
INSERT INTO "refs" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','r1','Quyết định số 05/QĐ-TTg',200,223,NULL,'test.rule',NULL,'text','05/QĐ-TTG','quyet_dinh','2024-01-05','Thủ tướng','based_on','5/QD-TTG','thủ tướng','200-223');
CREATE TABLE runs (
	run_id TEXT NOT NULL, 
	started_at DATETIME NOT NULL, 
	chithi_version TEXT NOT NULL, 
	rules_fingerprint TEXT, 
	PRIMARY KEY (run_id)
);
INSERT INTO "runs" VALUES('83906e412d3a4867af4063022e23e2d2','2026-11-26 01:02:29.000000','0.1.0',NULL);
CREATE TABLE schema_version (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "schema_version" VALUES(1);
CREATE TABLE sections (
	doc_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	label TEXT, 
	heading TEXT NOT NULL, 
	level BIGINT NOT NULL, 
	parent_id TEXT, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	span_page BIGINT, 
	PRIMARY KEY (doc_id, id), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id), 
	FOREIGN KEY(doc_id, parent_id) REFERENCES sections (doc_id, id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "sections" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','s1','I','MỤC TIÊU',1,NULL,0,9,NULL);
INSERT INTO "sections" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','s2','1','Nước sạch',2,'s1',9,20,NULL);
CREATE TABLE sources (
	doc_id TEXT NOT NULL, 
	uri TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	size BIGINT NOT NULL, 
	encoding TEXT, 
	pages BIGINT, 
	PRIMARY KEY (doc_id, uri), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id)
);
INSERT INTO "sources" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','docs/a.txt','text/plain',1,NULL,NULL);
CREATE TABLE task_bodies (
	doc_id TEXT NOT NULL, 
	task_id TEXT NOT NULL, 
	body_id TEXT NOT NULL, 
	PRIMARY KEY (doc_id, task_id, body_id), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id), 
	FOREIGN KEY(doc_id, task_id) REFERENCES tasks (doc_id, id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(doc_id, body_id) REFERENCES bodies (doc_id, id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "task_bodies" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','a1','b1');
INSERT INTO "task_bodies" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','a1','b2');
INSERT INTO "task_bodies" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','a2','b1');
CREATE TABLE tasks (
	doc_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	span_page BIGINT, 
	rule TEXT NOT NULL, 
	confidence DOUBLE, 
	origin TEXT NOT NULL, 
	deadline_id TEXT, 
	section_id TEXT, 
	item_key TEXT NOT NULL, 
	PRIMARY KEY (doc_id, id), 
	CONSTRAINT tasks_origin CHECK (origin IN ('text', 'ocr')), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id), 
	FOREIGN KEY(doc_id, deadline_id) REFERENCES deadlines (doc_id, id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(doc_id, section_id) REFERENCES sections (doc_id, id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "tasks" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','a1','lập dự án cấp nước',120,138,NULL,'test.rule',NULL,'text','t1','s2','120-138');
INSERT INTO "tasks" VALUES('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb','a2','báo cáo kết quả',150,165,NULL,'test.rule',NULL,'text','t2',NULL,'150-165');
CREATE INDEX documents_by_issued_on ON documents (issued_on);
CREATE INDEX documents_by_number_key ON documents (number_key);
CREATE INDEX sources_by_uri ON sources (uri);
CREATE INDEX quantities_by_doc_id_item_key ON quantities (doc_id, item_key);
CREATE INDEX deadlines_by_end_on ON deadlines (end_on);
CREATE INDEX deadlines_by_doc_id_item_key ON deadlines (doc_id, item_key);
CREATE INDEX bodies_by_doc_id_item_key ON bodies (doc_id, item_key);
CREATE INDEX bodies_by_organisation_id ON bodies (organisation_id);
CREATE INDEX refs_by_number_key ON refs (number_key);
CREATE INDEX refs_by_doc_id_item_key ON refs (doc_id, item_key);
CREATE INDEX diagnostics_by_code ON diagnostics (code);
CREATE INDEX occurrences_by_due_on ON occurrences (due_on);
CREATE INDEX goals_by_doc_id_item_key ON goals (doc_id, item_key);
CREATE INDEX goals_by_indicator_key ON goals (indicator_key);
CREATE INDEX tasks_by_doc_id_item_key ON tasks (doc_id, item_key);
CREATE INDEX goal_bodies_by_doc_id_body_id ON goal_bodies (doc_id, body_id);
CREATE INDEX task_bodies_by_doc_id_body_id ON task_bodies (doc_id, body_id);
CREATE VIEW v_documents AS
SELECT
  t.doc_id,
  t.schema_version,
  CASE WHEN c.has_number = 1 THEN CAST(c.number AS TEXT) ELSE t.number END AS number,
  CASE WHEN c.has_doc_type = 1 THEN CAST(c.doc_type AS TEXT) ELSE t.doc_type END AS doc_type,
  CASE WHEN c.has_title = 1 THEN CAST(c.title AS TEXT) ELSE t.title END AS title,
  CASE WHEN c.has_issuer = 1 THEN CAST(c.issuer AS TEXT) ELSE t.issuer END AS issuer,
  CASE WHEN c.has_issued_on = 1 THEN CAST(c.issued_on AS TEXT) ELSE t.issued_on END AS issued_on,
  t.place,
  CASE WHEN c.has_effective_on = 1 THEN CAST(c.effective_on AS TEXT) ELSE t.effective_on END AS effective_on,
  CASE WHEN c.has_signer = 1 THEN CAST(c.signer AS TEXT) ELSE t.signer END AS signer,
  t.signer_title,
  t.about_number,
  t.about_doc_type,
  t.about_issuer,
  t.about_issued_on,
  CASE WHEN c.has_number_key = 1 THEN CAST(c.number_key AS TEXT) ELSE t.number_key END AS number_key,
  CASE WHEN c.has_issuer_key = 1 THEN CAST(c.issuer_key AS TEXT) ELSE t.issuer_key END AS issuer_key,
  t.text,
  t.record_digest,
  t.run_id
FROM documents t
LEFT JOIN (
  SELECT doc_id,
    MAX(CASE WHEN verdict = 'rejected' THEN 1 END) AS rejected,
    MAX(CASE WHEN field = 'number' THEN 1 END) AS has_number, MAX(CASE WHEN field = 'number' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS number,
    MAX(CASE WHEN field = 'number_key' THEN 1 END) AS has_number_key, MAX(CASE WHEN field = 'number_key' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS number_key,
    MAX(CASE WHEN field = 'doc_type' THEN 1 END) AS has_doc_type, MAX(CASE WHEN field = 'doc_type' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS doc_type,
    MAX(CASE WHEN field = 'title' THEN 1 END) AS has_title, MAX(CASE WHEN field = 'title' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS title,
    MAX(CASE WHEN field = 'issuer' THEN 1 END) AS has_issuer, MAX(CASE WHEN field = 'issuer' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS issuer,
    MAX(CASE WHEN field = 'issuer_key' THEN 1 END) AS has_issuer_key, MAX(CASE WHEN field = 'issuer_key' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS issuer_key,
    MAX(CASE WHEN field = 'issued_on' THEN 1 END) AS has_issued_on, MAX(CASE WHEN field = 'issued_on' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS issued_on,
    MAX(CASE WHEN field = 'effective_on' THEN 1 END) AS has_effective_on, MAX(CASE WHEN field = 'effective_on' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS effective_on,
    MAX(CASE WHEN field = 'signer' THEN 1 END) AS has_signer, MAX(CASE WHEN field = 'signer' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS signer
  FROM corrections WHERE item = 'document' GROUP BY doc_id
) c ON c.doc_id = t.doc_id
WHERE c.rejected IS NULL;
CREATE VIEW v_quantities AS
SELECT
  t.doc_id,
  t.id,
  t.text,
  t.span_start,
  t.span_end,
  t.span_page,
  t.rule,
  t.confidence,
  t.origin,
  CASE WHEN c.has_low = 1 THEN CAST(c.low AS DOUBLE PRECISION) ELSE t.low END AS low,
  CASE WHEN c.has_high = 1 THEN CAST(c.high AS DOUBLE PRECISION) ELSE t.high END AS high,
  CASE WHEN c.has_op = 1 THEN CAST(c.op AS TEXT) ELSE t.op END AS op,
  CASE WHEN c.has_unit = 1 THEN CAST(c.unit AS TEXT) ELSE t.unit END AS unit,
  CASE WHEN c.has_delta = 1 THEN CAST(c.delta AS TEXT) ELSE t.delta END AS delta,
  CASE WHEN c.has_role = 1 THEN CAST(c.role AS TEXT) ELSE t.role END AS role,
  t.indicator,
  t.indicator_key,
  t.item_key
FROM quantities t
LEFT JOIN (
  SELECT doc_id, item_key, text,
    MAX(CASE WHEN verdict = 'rejected' THEN 1 END) AS rejected,
    MAX(CASE WHEN field = 'low' THEN 1 END) AS has_low, MAX(CASE WHEN field = 'low' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS low,
    MAX(CASE WHEN field = 'high' THEN 1 END) AS has_high, MAX(CASE WHEN field = 'high' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS high,
    MAX(CASE WHEN field = 'op' THEN 1 END) AS has_op, MAX(CASE WHEN field = 'op' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS op,
    MAX(CASE WHEN field = 'unit' THEN 1 END) AS has_unit, MAX(CASE WHEN field = 'unit' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS unit,
    MAX(CASE WHEN field = 'delta' THEN 1 END) AS has_delta, MAX(CASE WHEN field = 'delta' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS delta,
    MAX(CASE WHEN field = 'role' THEN 1 END) AS has_role, MAX(CASE WHEN field = 'role' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS role
  FROM corrections WHERE item = 'quantity' GROUP BY doc_id, item_key, text
) c ON c.doc_id = t.doc_id AND c.item_key = t.item_key AND c.text = t.text
WHERE c.rejected IS NULL;
CREATE VIEW v_deadlines AS
SELECT
  t.doc_id,
  t.id,
  t.text,
  t.span_start,
  t.span_end,
  t.span_page,
  t.rule,
  t.confidence,
  t.origin,
  CASE WHEN c.has_kind = 1 THEN CAST(c.kind AS TEXT) ELSE t.kind END AS kind,
  CASE WHEN c.has_start_on = 1 THEN CAST(c.start_on AS TEXT) ELSE t.start_on END AS start_on,
  CASE WHEN c.has_end_on = 1 THEN CAST(c.end_on AS TEXT) ELSE t.end_on END AS end_on,
  t.rrule,
  t.duration,
  t.anchor,
  t.item_key
FROM deadlines t
LEFT JOIN (
  SELECT doc_id, item_key, text,
    MAX(CASE WHEN verdict = 'rejected' THEN 1 END) AS rejected,
    MAX(CASE WHEN field = 'kind' THEN 1 END) AS has_kind, MAX(CASE WHEN field = 'kind' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS kind,
    MAX(CASE WHEN field = 'start_on' THEN 1 END) AS has_start_on, MAX(CASE WHEN field = 'start_on' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS start_on,
    MAX(CASE WHEN field = 'end_on' THEN 1 END) AS has_end_on, MAX(CASE WHEN field = 'end_on' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS end_on
  FROM corrections WHERE item = 'deadline' GROUP BY doc_id, item_key, text
) c ON c.doc_id = t.doc_id AND c.item_key = t.item_key AND c.text = t.text
WHERE c.rejected IS NULL;
CREATE VIEW v_bodies AS
SELECT
  t.doc_id,
  t.id,
  t.text,
  t.span_start,
  t.span_end,
  t.span_page,
  t.rule,
  t.confidence,
  t.origin,
  CASE WHEN c.has_name = 1 THEN CAST(c.name AS TEXT) ELSE t.name END AS name,
  CASE WHEN c.has_role = 1 THEN CAST(c.role AS TEXT) ELSE t.role END AS role,
  CASE WHEN c.has_canonical = 1 THEN CAST(c.canonical AS TEXT) ELSE t.canonical END AS canonical,
  CASE WHEN c.has_organisation_id = 1 THEN CAST(c.organisation_id AS TEXT) ELSE t.organisation_id END AS organisation_id,
  t.kind,
  t.level,
  t.jurisdiction,
  t.successors,
  t.item_key
FROM bodies t
LEFT JOIN (
  SELECT doc_id, item_key, text,
    MAX(CASE WHEN verdict = 'rejected' THEN 1 END) AS rejected,
    MAX(CASE WHEN field = 'name' THEN 1 END) AS has_name, MAX(CASE WHEN field = 'name' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS name,
    MAX(CASE WHEN field = 'role' THEN 1 END) AS has_role, MAX(CASE WHEN field = 'role' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS role,
    MAX(CASE WHEN field = 'canonical' THEN 1 END) AS has_canonical, MAX(CASE WHEN field = 'canonical' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS canonical,
    MAX(CASE WHEN field = 'organisation_id' THEN 1 END) AS has_organisation_id, MAX(CASE WHEN field = 'organisation_id' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS organisation_id
  FROM corrections WHERE item = 'body' GROUP BY doc_id, item_key, text
) c ON c.doc_id = t.doc_id AND c.item_key = t.item_key AND c.text = t.text
WHERE c.rejected IS NULL;
CREATE VIEW v_goals AS
SELECT
  t.doc_id,
  t.id,
  t.text,
  t.span_start,
  t.span_end,
  t.span_page,
  t.rule,
  t.confidence,
  t.origin,
  CASE WHEN c.has_kind = 1 THEN CAST(c.kind AS TEXT) ELSE t.kind END AS kind,
  CASE WHEN c.has_indicator = 1 THEN CAST(c.indicator AS TEXT) ELSE t.indicator END AS indicator,
  CASE WHEN c.has_quantity_id = 1 THEN (SELECT p.id FROM quantities p WHERE p.doc_id = t.doc_id AND p.item_key = c.quantity_id) ELSE t.quantity_id END AS quantity_id,
  CASE WHEN c.has_deadline_id = 1 THEN (SELECT p.id FROM deadlines p WHERE p.doc_id = t.doc_id AND p.item_key = c.deadline_id) ELSE t.deadline_id END AS deadline_id,
  t.section_id,
  CASE WHEN c.has_indicator_key = 1 THEN CAST(c.indicator_key AS TEXT) ELSE t.indicator_key END AS indicator_key,
  t.item_key
FROM goals t
LEFT JOIN (
  SELECT doc_id, item_key, text,
    MAX(CASE WHEN verdict = 'rejected' THEN 1 END) AS rejected,
    MAX(CASE WHEN field = 'kind' THEN 1 END) AS has_kind, MAX(CASE WHEN field = 'kind' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS kind,
    MAX(CASE WHEN field = 'indicator' THEN 1 END) AS has_indicator, MAX(CASE WHEN field = 'indicator' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS indicator,
    MAX(CASE WHEN field = 'indicator_key' THEN 1 END) AS has_indicator_key, MAX(CASE WHEN field = 'indicator_key' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS indicator_key,
    MAX(CASE WHEN field = 'quantity_id' THEN 1 END) AS has_quantity_id, MAX(CASE WHEN field = 'quantity_id' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS quantity_id,
    MAX(CASE WHEN field = 'deadline_id' THEN 1 END) AS has_deadline_id, MAX(CASE WHEN field = 'deadline_id' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS deadline_id
  FROM corrections WHERE item = 'goal' GROUP BY doc_id, item_key, text
) c ON c.doc_id = t.doc_id AND c.item_key = t.item_key AND c.text = t.text
WHERE c.rejected IS NULL;
CREATE VIEW v_tasks AS
SELECT
  t.doc_id,
  t.id,
  t.text,
  t.span_start,
  t.span_end,
  t.span_page,
  t.rule,
  t.confidence,
  t.origin,
  CASE WHEN c.has_deadline_id = 1 THEN (SELECT p.id FROM deadlines p WHERE p.doc_id = t.doc_id AND p.item_key = c.deadline_id) ELSE t.deadline_id END AS deadline_id,
  t.section_id,
  t.item_key
FROM tasks t
LEFT JOIN (
  SELECT doc_id, item_key, text,
    MAX(CASE WHEN verdict = 'rejected' THEN 1 END) AS rejected,
    MAX(CASE WHEN field = 'deadline_id' THEN 1 END) AS has_deadline_id, MAX(CASE WHEN field = 'deadline_id' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS deadline_id
  FROM corrections WHERE item = 'task' GROUP BY doc_id, item_key, text
) c ON c.doc_id = t.doc_id AND c.item_key = t.item_key AND c.text = t.text
WHERE c.rejected IS NULL;
CREATE VIEW v_refs AS
SELECT
  t.doc_id,
  t.id,
  t.text,
  t.span_start,
  t.span_end,
  t.span_page,
  t.rule,
  t.confidence,
  t.origin,
  CASE WHEN c.has_number = 1 THEN CAST(c.number AS TEXT) ELSE t.number END AS number,
  CASE WHEN c.has_doc_type = 1 THEN CAST(c.doc_type AS TEXT) ELSE t.doc_type END AS doc_type,
  CASE WHEN c.has_issued_on = 1 THEN CAST(c.issued_on AS TEXT) ELSE t.issued_on END AS issued_on,
  CASE WHEN c.has_issuer = 1 THEN CAST(c.issuer AS TEXT) ELSE t.issuer END AS issuer,
  CASE WHEN c.has_relation = 1 THEN CAST(c.relation AS TEXT) ELSE t.relation END AS relation,
  CASE WHEN c.has_number_key = 1 THEN CAST(c.number_key AS TEXT) ELSE t.number_key END AS number_key,
  CASE WHEN c.has_issuer_key = 1 THEN CAST(c.issuer_key AS TEXT) ELSE t.issuer_key END AS issuer_key,
  t.item_key
FROM refs t
LEFT JOIN (
  SELECT doc_id, item_key, text,
    MAX(CASE WHEN verdict = 'rejected' THEN 1 END) AS rejected,
    MAX(CASE WHEN field = 'number' THEN 1 END) AS has_number, MAX(CASE WHEN field = 'number' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS number,
    MAX(CASE WHEN field = 'number_key' THEN 1 END) AS has_number_key, MAX(CASE WHEN field = 'number_key' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS number_key,
    MAX(CASE WHEN field = 'doc_type' THEN 1 END) AS has_doc_type, MAX(CASE WHEN field = 'doc_type' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS doc_type,
    MAX(CASE WHEN field = 'issued_on' THEN 1 END) AS has_issued_on, MAX(CASE WHEN field = 'issued_on' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS issued_on,
    MAX(CASE WHEN field = 'issuer' THEN 1 END) AS has_issuer, MAX(CASE WHEN field = 'issuer' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS issuer,
    MAX(CASE WHEN field = 'issuer_key' THEN 1 END) AS has_issuer_key, MAX(CASE WHEN field = 'issuer_key' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS issuer_key,
    MAX(CASE WHEN field = 'relation' THEN 1 END) AS has_relation, MAX(CASE WHEN field = 'relation' THEN CAST(json_extract(new_value, '$') AS TEXT) END) AS relation
  FROM corrections WHERE item = 'reference' GROUP BY doc_id, item_key, text
) c ON c.doc_id = t.doc_id AND c.item_key = t.item_key AND c.text = t.text
WHERE c.rejected IS NULL;
CREATE VIEW v_due AS
SELECT
  t.doc_id, t.id AS task_id, t.text AS task, b.name AS body, b.role, b.organisation_id, b.jurisdiction,
  l.text AS deadline, l.start_on, l.end_on AS due_on, d.number, d.issuer, d.issued_on, d.title
FROM v_tasks t
JOIN v_documents d ON d.doc_id = t.doc_id
JOIN v_deadlines l ON l.doc_id = t.doc_id AND l.id = t.deadline_id
LEFT JOIN task_bodies tb ON tb.doc_id = t.doc_id AND tb.task_id = t.id
LEFT JOIN v_bodies b ON b.doc_id = tb.doc_id AND b.id = tb.body_id
WHERE l.end_on IS NOT NULL;
CREATE VIEW v_recurring AS
SELECT
  t.doc_id, t.id AS task_id, t.text AS task, b.name AS body, b.organisation_id, b.jurisdiction,
  l.text AS deadline, l.rrule, o.start_on, o.due_on, d.number, d.issuer, d.issued_on
FROM v_tasks t
JOIN v_documents d ON d.doc_id = t.doc_id
JOIN v_deadlines l ON l.doc_id = t.doc_id AND l.id = t.deadline_id
JOIN occurrences o ON o.doc_id = l.doc_id AND o.deadline_id = l.id
LEFT JOIN (
  SELECT tb.doc_id, tb.task_id, v.name, v.organisation_id, v.jurisdiction
  FROM task_bodies tb
  JOIN v_bodies v ON v.doc_id = tb.doc_id AND v.id = tb.body_id
  WHERE v.role = 'lead'
) b ON b.doc_id = t.doc_id AND b.task_id = t.id;
CREATE VIEW v_heirs AS
WITH RECURSIVE heirs (organisation_id, heir_id) AS (
  SELECT organisation_id, organisation_id FROM organisations
  UNION
  SELECT h.organisation_id, s.successor_id
  FROM heirs h
  JOIN organisation_successors s ON s.organisation_id = h.heir_id
)
SELECT h.organisation_id, o.name, h.heir_id, p.name AS heir
FROM heirs h
JOIN organisations o ON o.organisation_id = h.organisation_id
JOIN organisations p ON p.organisation_id = h.heir_id;
CREATE VIEW v_body_tasks AS
SELECT
  h.heir_id, h.heir, b.organisation_id, b.name AS body, b.canonical, b.role, b.jurisdiction,
  t.doc_id, t.id AS task_id, t.text AS task, l.end_on AS due_on, l.rrule, d.number, d.issuer, d.issued_on
FROM v_bodies b
JOIN task_bodies tb ON tb.doc_id = b.doc_id AND tb.body_id = b.id
JOIN v_tasks t ON t.doc_id = tb.doc_id AND t.id = tb.task_id
JOIN v_documents d ON d.doc_id = t.doc_id
LEFT JOIN v_heirs h ON h.organisation_id = b.organisation_id
LEFT JOIN v_deadlines l ON l.doc_id = t.doc_id AND l.id = t.deadline_id;
CREATE VIEW v_targets AS
SELECT
  g.doc_id, g.id AS goal_id, g.indicator, g.indicator_key, q.op, q.low, q.high, q.unit, q.delta,
  l.end_on AS due_on, CAST(SUBSTR(CAST(l.end_on AS VARCHAR(10)), 1, 4) AS INTEGER) AS year, l.rrule,
  d.number, d.doc_type, d.issuer, d.issued_on
FROM v_goals g
JOIN v_documents d ON d.doc_id = g.doc_id
JOIN v_quantities q ON q.doc_id = g.doc_id AND q.id = g.quantity_id
LEFT JOIN v_deadlines l ON l.doc_id = g.doc_id AND l.id = g.deadline_id
WHERE q.role = 'target';
CREATE VIEW v_task_gaps AS
SELECT
  t.doc_id, t.id AS task_id, t.text AS task, t.span_start, t.span_end,
  CASE
    WHEN tb.task_id IS NOT NULL THEN 'deadline'
    WHEN l.id IS NOT NULL THEN 'body'
    ELSE 'body and deadline'
  END AS lacks,
  d.number, d.issuer
FROM v_tasks t
JOIN v_documents d ON d.doc_id = t.doc_id
LEFT JOIN (
  SELECT DISTINCT x.doc_id, x.task_id
  FROM task_bodies x
  JOIN v_bodies b ON b.doc_id = x.doc_id AND b.id = x.body_id
) tb ON tb.doc_id = t.doc_id AND tb.task_id = t.id
LEFT JOIN v_deadlines l ON l.doc_id = t.doc_id AND l.id = t.deadline_id
WHERE tb.task_id IS NULL OR l.id IS NULL
UNION ALL
SELECT
  p.doc_id, NULL, SUBSTR(d.text, CAST(p.span_start + 1 AS INTEGER), CAST(p.span_end - p.span_start AS INTEGER)),
  p.span_start, p.span_end, 'body', v.number, v.issuer
FROM diagnostics n
JOIN diagnostic_places p ON p.doc_id = n.doc_id AND p.position = n.position
JOIN documents d ON d.doc_id = n.doc_id
JOIN v_documents v ON v.doc_id = n.doc_id
WHERE n.code = 'task_without_body';
CREATE VIEW v_contradictions AS
SELECT n.doc_id, n.code, n.message, n.span_start, n.span_end, d.number, d.issuer, d.issued_on
FROM diagnostics n
JOIN v_documents d ON d.doc_id = n.doc_id
WHERE n.code IN ('contradiction', 'count_mismatch', 'parts_mismatch', 'deadline_before_document');
CREATE VIEW v_links AS
SELECT
  r.doc_id, r.id AS ref_id, r.text AS citation, r.relation, r.number AS cited_number, r.doc_type AS cited_type,
  r.issuer AS cited_issuer, r.issued_on AS cited_on, s.number, s.issuer, s.issued_on, t.doc_id AS cited_doc_id
FROM v_refs r
JOIN v_documents s ON s.doc_id = r.doc_id
LEFT JOIN v_documents t
  ON t.number_key = r.number_key
  AND t.doc_id <> r.doc_id
  AND (t.issued_on = r.issued_on OR t.issued_on IS NULL OR r.issued_on IS NULL)
  AND CASE
    WHEN r.issuer_key IS NOT NULL THEN SUBSTR(t.issuer_key, 1, LENGTH(r.issuer_key)) = r.issuer_key
    WHEN r.issued_on IS NOT NULL THEN t.issued_on = r.issued_on
    ELSE t.issuer_key = s.issuer_key
  END;
CREATE VIEW v_replaced AS
SELECT
  doc_id, number, issuer, issued_on, relation, citation, cited_number, cited_issuer, cited_on, cited_doc_id
FROM v_links
WHERE relation IN ('replaces', 'repeals', 'amends');
CREATE VIEW v_goals_compared AS
SELECT
  b.doc_id, b.number, b.issuer, b.indicator, b.op, b.low, b.high, b.unit, b.due_on,
  l.doc_id AS follower_doc_id, l.number AS follower_number, l.issuer AS follower_issuer,
  f.op AS follower_op, f.low AS follower_low, f.high AS follower_high, f.due_on AS follower_due_on
FROM (
  SELECT DISTINCT doc_id, number, issuer, cited_doc_id
  FROM v_links
  WHERE relation IN ('based_on', 'guides') AND cited_doc_id IS NOT NULL
) l
JOIN v_targets b ON b.doc_id = l.cited_doc_id
LEFT JOIN v_targets f ON f.doc_id = l.doc_id AND f.indicator_key = b.indicator_key AND f.unit = b.unit;
CREATE VIEW v_progress AS
SELECT
  g.indicator, g.indicator_key, g.doc_id, g.number, g.issuer, g.issued_on, g.op, g.low, g.high, g.unit, g.due_on,
  d.doc_id AS report_doc_id, d.number AS report_number, d.issuer AS report_issuer, d.issued_on AS reported_on,
  q.low AS achieved, q.text AS achieved_text,
  CASE
    WHEN g.delta IS NOT NULL OR q.delta IS NOT NULL THEN NULL
    WHEN g.op = 'le' AND q.low <= g.high THEN 'yes'
    WHEN g.op = 'lt' AND q.low < g.high THEN 'yes'
    WHEN g.op IN ('eq', 'ge', 'approx', 'range') AND q.low >= g.low THEN 'yes'
    WHEN g.op = 'gt' AND q.low > g.low THEN 'yes'
    ELSE 'no'
  END AS reached
FROM v_targets g
JOIN v_quantities q ON q.indicator_key = g.indicator_key AND q.unit = g.unit AND q.role = 'achieved'
JOIN v_documents d ON d.doc_id = q.doc_id
WHERE d.issued_on IS NULL OR g.issued_on IS NULL OR d.issued_on >= g.issued_on;
CREATE VIEW v_corrections_unmatched AS
SELECT c.doc_id, c.item, c.item_key, c.text, c.field, c.verdict, c.made_by, c.made_at, c.note
FROM corrections c
WHERE c.item <> 'document' AND NOT EXISTS (
  SELECT 1
  FROM (
    SELECT 'quantity' AS item, doc_id, item_key, text FROM quantities
    UNION ALL SELECT 'deadline', doc_id, item_key, text FROM deadlines
    UNION ALL SELECT 'body', doc_id, item_key, text FROM bodies
    UNION ALL SELECT 'goal', doc_id, item_key, text FROM goals
    UNION ALL SELECT 'task', doc_id, item_key, text FROM tasks
    UNION ALL SELECT 'reference', doc_id, item_key, text FROM refs
  ) i
  WHERE i.item = c.item AND i.doc_id = c.doc_id AND i.item_key = c.item_key AND i.text = c.text
);
COMMIT;
