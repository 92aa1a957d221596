"""What may stand in a query: by sqlglot's names of nodes, and by names of functions."""

from __future__ import annotations

__all__ = [
    "CATALOGS",
    "CLAUSES",
    "COMMON",
    "FUNCTIONS",
    "NILADIC",
    "NODES",
    "OF_DIALECTS",
    "RESERVED",
    "TYPES",
    "WRITING",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NODES = _words("""
Add Adjacent Alias Aliases All Any AtTimeZone Between BitwiseAnd BitwiseLeftShift BitwiseNot
BitwiseOr BitwiseRightShift BitwiseXor Boolean Bracket CTE CharacterSet Column ColumnDef Connect
Cube DPipe DataType DataTypeParam Distance Distinct Div Dot EQ Escape Except ExplodeOuter
ExtendsLeft ExtendsRight Fetch Filter FormatJson From GT GTE Glob Group GroupingSets Having
HavingMax HexString ILike Identifier IgnoreNulls In IntDiv Intersect Interval IntervalSpan Is
JSON JSONExtractQuote JSONKeyValue JSONPath JSONPathFilter JSONPathKey JSONPathRecursive
JSONPathRoot JSONPathSelector JSONPathSlice JSONPathSubscript JSONPathUnion JSONPathWildcard
JSONValue Join Kwarg LT LTE Lambda Lateral Like Limit LimitOptions Literal Mod Mul NEQ National
Neg Not Null NullSafeEQ NullSafeNEQ Offset OnCondition Order Ordered OverflowTruncateBehavior
Overlaps Parameter Paren PivotAlias Placeholder Prior PropertyEQ Qualify RawString RespectNulls
Rollup Select SimilarTo Slice Star Sub Subquery Table TableAlias TableFromRows TableSample
TimeUnit Tuple Union Values Var Where Window WindowSpec With WithFill WithinGroup
""")
"""The nodes of a query that reads."""

WRITING = _words("""
Delete Insert Merge OnConflict Returning Schema Update When Whens
""")
"""Those that a query may have beside them if it may write rows."""

FUNCTIONS = _words("""
Abs Acos Acosh AddMonths Agg And AnonymousAggFunc AnyValue ApproxDistinct
ApproxPercentileAccumulate ApproxPercentileCombine ApproxPercentileEstimate ApproxQuantile
ApproxQuantiles ApproxTopK ApproxTopKAccumulate ApproxTopKCombine ApproxTopKEstimate
ApproxTopSum ApproximateSimilarity ArgMax ArgMin Array ArrayAgg ArrayAll ArrayAny ArrayAppend
ArrayCompact ArrayConcat ArrayConcatAgg ArrayConstructCompact ArrayContainedBy ArrayContains
ArrayContainsAll ArrayDistinct ArrayExcept ArrayFilter ArrayFirst ArrayInsert ArrayIntersect
ArrayLast ArrayMax ArrayMin ArrayOverlaps ArrayPosition ArrayPrepend ArrayRemove ArrayRemoveAt
ArrayReverse ArraySize ArraySlice ArraySort ArraySum ArrayToString ArrayUnionAgg ArrayUniqueAgg
ArraysZip Ascii Asin Asinh Atan Atan2 Atanh Avg Base64DecodeBinary Base64DecodeString
Base64Encode BitLength BitmapBitPosition BitmapBucketNumber BitmapConstructAgg BitmapCount
BitmapOrAgg BitwiseAndAgg BitwiseCount BitwiseOrAgg BitwiseXorAgg Booland Boolnot Boolor
BoolxorAgg ByteLength Case Cast CastToStrType Cbrt Ceil CheckJson Chr CityHash64 Coalesce
CodePointsToBytes CodePointsToString Collate CombinedAggFunc Concat ConcatWs Contains Convert
ConvertTimezone ConvertToCharset Corr Cos Cosh CosineDistance Cot Coth Count CountIf CovarPop
CovarSamp Csc Csch CumeDist CurrentDate CurrentDatetime CurrentTime CurrentTimestamp
CurrentTimestampLTZ CurrentTimezone Date DateAdd DateBin DateDiff DateFromParts DateFromUnixDate
DateStrToDate DateSub DateToDateStr DateToDi DateTrunc Datetime DatetimeAdd DatetimeDiff
DatetimeSub DatetimeTrunc Day DayOfMonth DayOfWeek DayOfWeekIso DayOfYear Dayname Decode
DecodeCase Degrees DenseRank DiToDate DotProduct Elt Encode EndsWith EqualNull EuclideanDistance
Exists Exp Explode ExplodingGenerateSeries Extract Factorial FarmFingerprint First FirstValue
Flatten Float64 Floor Format FromBase FromBase32 FromBase64 FromISO8601Date FromISO8601Timestamp
FromISO8601TimestampNanos FromJson GenerateDateArray GenerateSeries GenerateTimestampArray
GetExtract GetIgnoreCase Getbit Greatest GroupConcat Grouping GroupingId HashAgg Hex
HexDecodeString Hll Hour If Initcap Int64 IsArray IsAscii IsInf IsNan IsNullValue JSONArray
JSONArrayAgg JSONArrayAppend JSONArrayContains JSONArrayInsert JSONBContains
JSONBContainsAllTopKeys JSONBContainsAnyTopKeys JSONBContainsTopKey JSONBDeleteAtPath
JSONBExists JSONBExtract JSONBExtractScalar JSONBObjectAgg JSONBPathExists JSONBool JSONCast
JSONExists JSONExtract JSONExtractArray JSONExtractScalar JSONFormat JSONKeys JSONKeysAtDepth
JSONObject JSONObjectAgg JSONRemove JSONSet JSONStripNulls JSONTable JSONType JSONValueArray
JarowinklerSimilarity JustifyDays JustifyHours JustifyInterval Kurtosis Lag Last LastDay
LastValue LaxBool LaxFloat64 LaxInt64 LaxString Lead Least Left Length Levenshtein List Ln
Localtime Localtimestamp Log LogicalAnd LogicalOr Lower LowerHex MD5 MD5Digest MD5NumberLower64
MD5NumberUpper64 MakeInterval ManhattanDistance Map MapCat MapContainsKey MapDelete
MapFromEntries MapInsert MapKeys MapPick MapSize MatchAgainst Max Median Min Minhash
MinhashCombine Minute Mode Month Monthname MonthsBetween Nanvl Negative NextDay Normalize
NthValue Ntile Nullif NumberToStr Nvl2 ObjectAgg ObjectInsert ObjectTransform Or Overlay Pad
ParameterizedAgg ParseBignumeric ParseDatetime ParseJSON ParseNumeric ParseTime PercentRank
PercentileCont PercentileDisc Pi Posexplode PosexplodeOuter Pow PreviousDay Quantile Quarter
Radians Rand Randn RangeBucket RangeN Rank Reduce RegexpCount RegexpExtract RegexpExtractAll
RegexpFullMatch RegexpILike RegexpInstr RegexpLike RegexpReplace RegexpSplit RegexpSubstr
RegrAvgx RegrAvgy RegrCount RegrIntercept RegrR2 RegrSlope RegrSxx RegrSxy RegrSyy RegrValx
RegrValy Replace Reverse Right Rint Round RowNumber RtrimmedLength SHA SHA1Digest SHA2
SHA2Digest SafeAdd SafeConvertBytesToString SafeDivide SafeMultiply SafeNegate SafeSubtract Sec
Sech Second Shuffle Sign Sin Sinh Skewness Soundex SoundexP123 Split SplitPart SplitToTable Sqrt
StDistance StPoint StandardHash StartsWith Stddev StddevPop StddevSamp StrPosition StrToDate
StrToMap StrToTime StrToUnix String StringToArray StripNullValue Strtok StrtokSplitToTable
StrtokToArray Struct StructExtract Stuff Substring SubstringIndex Sum Systimestamp Tan Tanh Time
TimeAdd TimeDiff TimeFromParts TimeSlice TimeStrToDate TimeStrToTime TimeStrToUnix TimeSub
TimeToStr TimeToTimeStr TimeToUnix TimeTrunc Timestamp TimestampAdd TimestampDiff
TimestampFromParts TimestampLtzFromParts TimestampSub TimestampTrunc TimestampTzFromParts
ToArray ToBase32 ToBase64 ToBinary ToBoolean ToChar ToCodePoints ToDays ToDecfloat ToDouble
ToMap ToNumber ToVariant Transform Translate Trim Trunc Try TryBase64DecodeBinary
TryBase64DecodeString TryCast TryHexDecodeBinary TryHexDecodeString TryToDecfloat TsOrDiToDi
TsOrDsAdd TsOrDsDiff TsOrDsToDate TsOrDsToDateStr TsOrDsToDatetime TsOrDsToTime
TsOrDsToTimestamp Typeof Unhex Unicode UnixDate UnixMicros UnixMillis UnixSeconds UnixToStr
UnixToTime UnixToTimeStr Unnest Upper UtcDate UtcTime UtcTimestamp Uuid Variance VariancePop
Week WeekOfYear WeekStart WeightString WidthBucket Xor Year YearOfWeek YearOfWeekIso
_ExplodeOuter
""")
"""The functions that reckon with what they are given, and look at nothing else. Those that make
texts as long as they are told to are not among them, nor those that tell who is asking."""

COMMON = _words("""
avg bool_and bool_or concat concat_ws count date_diff date_part datediff date_add day dayname
div every format_date ifnull iif instr isnull json_value json_query json_array_length length
list_apply list_transform ln log10 lower lpad ltrim max median min mod month monthname now
nullif nvl octet_length position power quarter regexp_like regexp_replace regexp_substr replace
rpad rtrim stddev strpos substr sum timestampdiff to_date to_timestamp trunc truncate upper
variance week weekday year
""")
"""Functions that sqlglot has no node for in some dialect, and that mean the same in all of them."""

OF_DIALECTS = {
    "mysql": _words("""
bit_count concat_ws conv convert_tz crc32 date_add date_sub export_set field find_in_set format
from_days get_format ifnull isnull json_arrayagg json_contains json_contains_path json_depth
json_length json_objectagg json_overlaps json_pretty json_quote json_search json_unquote
json_valid json_value log10 log2 lpad make_set makedate maketime microsecond nullif oct ord
period_add period_diff position quote rpad sec_to_time std stddev strcmp subtime time_format
time_to_sec timestampadd timestampdiff truncate weekday yearweek
"""),
    "postgres": _words("""
age array_dims array_fill array_length array_lower array_ndims array_positions array_replace
array_upper bit_and bit_or bool_and bool_or btrim cardinality clock_timestamp convert_from
convert_to date_part div erf every gcd get_bit get_byte isempty isfinite json_agg
json_array_elements json_array_elements_text json_array_length json_build_array
json_build_object json_each json_each_text json_extract_path json_extract_path_text json_object
json_object_agg json_object_keys json_to_record json_typeof jsonb_agg jsonb_array_elements
jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each
jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object
jsonb_object_agg jsonb_object_keys jsonb_path_match jsonb_path_query jsonb_path_query_array
jsonb_path_query_first jsonb_pretty jsonb_set jsonb_strip_nulls jsonb_to_record jsonb_typeof lcm
log10 lower_inc make_date make_time make_timestamp make_timestamptz min_scale mod numnode
octet_length parse_ident phraseto_tsquery plainto_tsquery quote_ident quote_literal
quote_nullable random range_agg range_merge regexp_match regexp_matches regexp_split_to_array
regexp_split_to_table row_to_json rtrim scale setweight similarity statement_timestamp
string_to_table strpos to_json to_jsonb to_tsquery to_tsvector transaction_timestamp trim_scale
ts_headline ts_rank ts_rank_cd tsvector_to_array upper_inc websearch_to_tsquery word_similarity
"""),
    "sqlite": _words("""
date datetime format glob iif ifnull instr json json_array json_array_length json_each
json_extract json_group_array json_group_object json_insert json_object json_patch json_quote
json_remove json_replace json_set json_tree json_type json_valid julianday likelihood likely
ltrim printf quote random rtrim strftime time timediff total typeof unixepoch unlikely
"""),
    "duckdb": _words("""
age date_part datepart array_cosine_similarity bar bool_and bool_or century day dayname epoch
epoch_ms histogram isfinite isodow isoyear json_array_length json_keys json_structure json_type
json_valid jaccard list_aggregate list_avg list_contains list_count list_distinct list_filter
list_max list_min list_sort list_sum list_transform list_unique list_value make_date make_time
make_timestamp map_entries map_values nextafter product reservoir_quantile row_to_json strlen
struct_pack to_days to_hours to_json to_minutes to_months to_seconds to_weeks to_years
"""),
    "bigquery": _words("""
approx_count_distinct array_first array_last cast_date date_bucket generate_array ieee_divide
is_inf is_nan json_query json_query_array json_value json_value_array logical_and logical_or
regexp_contains safe_cast string to_json_string
"""),
    "snowflake": _words("""
array_construct array_size as_array as_char as_date as_double as_integer as_object as_varchar
bitand bitor booland_agg boolor_agg charindex dayname div0 div0null get get_path haversine iff
is_array is_date is_integer is_null_value is_object is_varchar jarowinkler_similarity monthname
nvl object_construct object_keys parse_xml ratio_to_report regexp_like square to_array to_object
to_time to_variant try_parse_json try_to_date try_to_decimal try_to_number try_to_timestamp
zeroifnull nullifzero
"""),
    "tsql": _words("""
charindex checksum choose concat count_big datalength datediff_big datename datetime2fromparts
difference eomonth greatest iif isdate isjson isnumeric json_array json_modify json_object
json_query json_value least log10 nchar patindex percent_rank quotename square str string_escape
string_split switchoffset sysdatetime sysdatetimeoffset sysutcdatetime getutcdate
todatetimeoffset translate try_convert try_parse var varp stdevp stdev
"""),
    "oracle": _words("""
bitand decode empty_blob instr instrb json_query json_value lengthb listagg lnnvl ltrim mod
nanvl nls_upper nls_lower new_time numtodsinterval numtoyminterval nvl ora_hash ratio_to_report
regexp_count remainder round rtrim stats_mode substrb to_clob to_dsinterval to_nchar
to_yminterval tz_offset vsize
"""),
    "clickhouse": _words("""
arrayavg arraycount arrayenumerate arrayexists arrayjoin arraymap arraysort assumenotnull
countsubstrings datediff datename emptyarraystring formatdatetime has hasall hasany if ifnull
intdiv isnotnull isnull length lowerutf8 match multiif notempty empty nullif
parsedatetimebesteffort positioncaseinsensitive roundbankers splitbychar splitbystring
substringutf8 subtractdays subtractmonths todate todatetime todayofmonth todayofweek todecimal64
tofloat64 tohour toint32 toint64 tominute tomonday tomonth toquarter tostartofday tostartofhour
tostartofinterval tostartofmonth tostartofquarter tostartofweek tostartofyear tostring
totypename touint32 touint64 toyear toyyyymm toyyyymmdd tuple tupleelement upperutf8 yesterday
today now
"""),
    "trino": _words("""
all_match any_match array_frequency at_timezone bar beta_cdf bool_and bool_or cosine_similarity
date_parse date_format day_of_month day_of_week day_of_year element_at every filter
format_datetime from_iso8601_date geometric_mean histogram human_readable_seconds index
is_json_scalar json_array_get json_array_length json_extract_scalar json_parse json_size
json_query json_value log10 map_agg map_filter map_union millisecond multimap_agg none_match
parse_datetime parse_duration regexp_position sequence strrpos to_milliseconds truncate
url_decode url_encode url_extract_host url_extract_parameter url_extract_path width_bucket
with_timezone year_of_week zip zip_with
"""),
    "spark": _words("""
aggregate array_position bround cardinality date_format date_part elt every exists filter forall
from_utc_timestamp get_json_object isnotnull isnull json_tuple levenshtein make_date
make_timestamp map_entries map_filter map_values named_struct octet_length pmod positive printf
regexp sequence some to_utc_timestamp transform_keys try_add try_divide try_subtract weekday
window zip_with
"""),
}
"""Functions that sqlglot has no node for, by dialect."""

OF_DIALECTS["redshift"] = OF_DIALECTS["postgres"]
OF_DIALECTS["presto"] = OF_DIALECTS["trino"]
OF_DIALECTS["databricks"] = OF_DIALECTS["spark"]

TYPES = _words("""
ARRAY BIGDECIMAL BIGINT BINARY BIT BLOB BOOLEAN BPCHAR CHAR DATE DATE32 DATETIME DATETIME2
DATETIME64 DECIMAL DECIMAL128 DECIMAL256 DECIMAL32 DECIMAL64 DECFLOAT DOUBLE ENUM FIXEDSTRING
FLOAT GEOGRAPHY GEOMETRY INET INT INT128 INT256 INTERVAL IPADDRESS IPV4 IPV6 JSON JSONB LIST
LONGTEXT LOWCARDINALITY MAP MEDIUMINT MEDIUMTEXT MONEY NCHAR NULL NUMRANGE NVARCHAR OBJECT POINT
RANGE SMALLDATETIME SMALLINT SMALLMONEY STRUCT SUPER TEXT TIME TIMESTAMP TIMESTAMPLTZ
TIMESTAMPNTZ TIMESTAMPTZ TIMESTAMP_MS TIMESTAMP_NS TIMESTAMP_S TIMETZ TINYINT TINYTEXT DATERANGE
TSRANGE TSTZRANGE INT4RANGE INT8RANGE UBIGINT UDECIMAL UDOUBLE UINT UINT128 UINT256 UMEDIUMINT
USMALLINT UTINYINT UUID VARBINARY VARCHAR VARIANT VECTOR YEAR
""")
"""What a value may be cast to. Other types are made by the server's owner, or look things up."""

CLAUSES = {
    "Select": _words("""
with_ kind expressions distinct from_ joins laterals where group having qualify windows order
limit offset connect sample
"""),
    "Union": _words("with_ this expression distinct by_name order limit offset"),
    "Subquery": _words("this alias with_ joins laterals where order limit offset sample"),
    "Table": _words("this alias db catalog laterals joins ordinality sample"),
    "Join": _words("this on side kind using method global_ expressions"),
    "In": _words("this expressions query unnest is_global"),
    "Insert": _words("with_ this expression conflict returning by_name default"),
    "Update": _words("with_ this expressions from_ where returning order limit"),
    "Delete": _words("with_ this using where returning order limit"),
}
"""What the nodes that have many parts may have. ``x IN name`` is not among it: name is a table."""
CLAUSES["Except"] = CLAUSES["Intersect"] = CLAUSES["Union"]

CATALOGS = (
    *("information_schema", "pg_", "sqlite_", "mysql", "performance_schema", "sys", "dba_", "all_"),
    *("v$", "gv$", "v_$", "svv_", "stl_", "stv_", "svl_", "duckdb_", "pragma_", "system", "x$"),
    *("account_usage", "msdb", "master", "snowflake"),
)
"""How the names of the servers' own tables and schemas begin."""

NILADIC = _words(
    "user session_user system_user current_user current_role current_catalog current_schema"
)
"""Functions that are written without brackets, where a column would stand."""

RESERVED = _words("""
ADD ALL ALTER AND ANY AS ASC AUTHORIZATION BACKUP BEGIN BETWEEN BREAK BROWSE BULK BY CASCADE
CASE CHECK CHECKPOINT CLOSE CLUSTERED COALESCE COLLATE COLUMN COMMIT COMPUTE CONSTRAINT CONTAINS
CONTAINSTABLE CONTINUE CONVERT CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP
CURRENT_USER CURSOR DATABASE DBCC DEALLOCATE DECLARE DEFAULT DELETE DENY DESC DISK DISTINCT
DISTRIBUTED DOUBLE DROP DUMP ELSE END ERRLVL ESCAPE EXCEPT EXEC EXECUTE EXISTS EXIT EXTERNAL
FETCH FILE FILLFACTOR FOR FOREIGN FREETEXT FREETEXTTABLE FROM FULL FUNCTION GOTO GRANT GROUP
HAVING HOLDLOCK IDENTITY IDENTITY_INSERT IDENTITYCOL IF IN INDEX INNER INSERT INTERSECT INTO IS
JOIN KEY KILL LEFT LIKE LINENO LOAD MERGE NATIONAL NOCHECK NONCLUSTERED NOT NULL NULLIF OF OFF
OFFSETS ON OPEN OPENDATASOURCE OPENQUERY OPENROWSET OPENXML OPTION OR ORDER OUTER OVER PERCENT
PIVOT PLAN PRECISION PRIMARY PRINT PROC PROCEDURE PUBLIC RAISERROR READ READTEXT RECONFIGURE
REFERENCES REPLICATION RESTORE RESTRICT RETURN REVERT REVOKE RIGHT ROLLBACK ROWCOUNT ROWGUIDCOL
RULE SAVE SCHEMA SECURITYAUDIT SELECT SEMANTICKEYPHRASETABLE SEMANTICSIMILARITYDETAILSTABLE
SEMANTICSIMILARITYTABLE SESSION_USER SET SETUSER SHUTDOWN SOME STATISTICS SYSTEM_USER TABLE
TABLESAMPLE TEXTSIZE THEN TO TOP TRAN TRANSACTION TRIGGER TRUNCATE TRY_CONVERT TSEQUAL UNION
UNIQUE UNPIVOT UPDATE UPDATETEXT USE USER VALUES VARYING VIEW WAITFOR WHEN WHERE WHILE WITH
WITHIN WRITETEXT GO
""")
"""What T-SQL reserves. A statement may begin with one of these without a semicolon before it, so
``FROM t SHUTDOWN`` is two statements there, and a table with an alias to a parser."""
