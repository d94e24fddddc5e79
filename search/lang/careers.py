"""Words of work, study, money and rules, people's and the guides': a comma ends each family (see ``synonyms``)."""

from __future__ import annotations

CAREERS = """
# Work
entry beginner beginning starting, senior advanced experienced, future outlook prospect, automation robot technology,
ad advertisement listing, stable stability secure security, stressful stress pressure demanding, tiring tired
exhausting, boring tedious repetitive, enjoy enjoyable rewarding fun satisfying happy love, communication communicate
interpersonal talk, outdoors outside, indoors inside, job occupation position career profession employment role
opening opportunity work vacancy gig, workplace job employment, job trade field line industry, pay wage salary
earnings earn income compensation make remuneration, company business employer firm contractor organization, employee
staff worker personnel specialist, boss manager supervisor employer, supervise oversee direct, colleague coworker crew
team, hire employ recruit, fire dismiss terminate, unemployed jobless, apply application applicant, applicant
candidate jobseeker, promotion advance advancement promote, duty task responsibility work obligation job, shift
schedule hour, overtime extra, freelance independent, vacation holiday leave, retire retirement pension, busy demand,
sought demand needed, colleague team, skill ability competency competence proficiency expertise, quality trait
characteristic skill, experience background, internship practicum externship apprenticeship placement, apprentice
trainee, network contact connection

# Study
textbook book material supply, lab laboratory clinical, classroom lecture theory, practical hands, graduation
completion, legitimate reputable accredited, reputation prestige respected, remember memory memorize recite, math
mathematics, school college university institution institute academy, school program, program course class curriculum,
course class lesson coursework, training education schooling instruction, train prepare, teach learn instruct study
topic subject knowledge skill cover, learn know understand, topic subject area theme, teacher instructor educator
professor tutor, tutor tutoring, student pupil trainee learner, grad graduate, graduate finish complete, alumni
graduate former, certificate certification credential qualification, certified licensed registered credentialed,
license licence permit, diploma certificate, exam examination test assessment quiz, pass succeed, fail failure flunk,
retake repeat resit, score grade mark, admission admit enroll enter entrance entry, enroll register registration sign
join, online remote virtual distance internet home, campus classroom onsite, library reading, homework assignment,
bachelor undergraduate, ged hse equivalent equivalency, tutor help, accredit approve authorize recognize accept
mandate endorse, accreditation approval authorization

# Money
insurance insurer payer coverage, raise increase, installment payment, deposit refundable, cost price fee tuition
expense expensive charge affordable, expensive costly pricey dear substantial, cheap affordable inexpensive budget,
free gratis, money fund financial finance cash, scholarship grant aid loan, budget afford affordable, buy purchase,
refund reimburse reimbursement repay, claim bill billing invoice, fine penalty, tax levy

# Rules
policy rule, private privacy confidential, mistake error wrong, honest ethical ethics integrity, need require
requirement necessary mandatory prerequisite must obligatory compulsory essential, eligible qualify eligibility
qualification, law legal legally statute regulation regulatory rule, rule requirement, allow permit let, permission
consent approval, forbid ban prohibit, recommend suggest advise advice, advise advice guidance counsel counseling,
counselor adviser, sign consent signature, deadline due, document paper form paperwork, proof evidence, renew maintain
extend, check screening, criminal background, government state federal

# People
child kid son daughter, house home residence residential, friend colleague, parent guardian mother father mom dad mum,
minor underage under child, young youth teenager, old age aged elderly older, doctor physician provider, dentist
dental, nurse nursing, patient client, hospital clinic facility, office clinic practice, people person professional
worker, better higher greater superior, first initial, who person, friend friendly, customer client, woman female, man
male

# Asking and telling
ask inquire question, speak talk tell discuss consult contact ask, call phone telephone, email mail, visit see, find
search locate look, information info detail, explain describe, show demonstrate prove indicate symbolize signify mean,
mean meaning stand, name title called, expand broaden

# Doing
free cost, multiple dual complementary, several dual, run sponsor operate manage, immediately away promptly, arrange
setup, test evaluation, conviction criminal background, past background history, commute distance far, work perform,
insist prefer require, field specialty, employer prefer, drive driver driving vehicle car, clean sanitary sterile
sterilize hygiene disinfect, replace substitute, cancel withdraw, bring carry take, fill complete, begin start enter
launch, finish complete completion end, choose pick select decide decision elect opt choice option, compare contrast
weigh, narrow shorten, help assist assistance support, resource help support, give offer provide grant award supply,
obtain get receive earn acquire gain, improve boost enhance increase better, use operate, wear put, fix repair mend
maintain, build install construct, lift carry move, avoid prevent reduce, protect protective safety, handle manage
deal, prepare preparation ready, return back, change alter, happen occur, try attempt, combine both, affect influence
impact depend, cause reason, consider think, draw take, travel commute trip, quit resign

# Amounts and times
largest biggest main major chief, lowest bottom least, highest top maximum, type kind sort category, near nearby local
community, date upcoming schedule, growth grow increase rise expand demand, shrink decline decrease fall drop, expect
project predict forecast anticipate outlook, most majority bulk, popular common, common typical usual frequent,
average median typical mean, minimum least, maximum most, chance odds likelihood probability, percent percentage share
rate proportion, month year week duration length, hour duration, fast quick quickly rapid soon, evening night weekend,
weekend saturday sunday, often frequent frequency, future later, now currently current today, long lengthy, short
brief, big large huge, several multiple many, two dual both pair second, one single

# Judging
careful attention detail meticulous precise, problem issue trouble difficulty, noise noisy loud, heat hot temperature,
cold temperature, weather rain, strong strength, vision eyesight sight, best top ideal right recommended, popular
recognized known renowned famous, advantage benefit asset upside merit pro, disadvantage drawback downside con,
important crucial essential significant vital, worth value valued valuable useful, easy simple straightforward, hard
difficult challenging tough challenge, complex complicated multifaceted, dangerous danger hazard hazardous risk, safe
safety, strict rigid, flexible flexibility convenient, good excellent great strong, bad poor, correct accurate right
proper, accurate accuracy precise, proud award prize win vote honor, different vary differ difference

# Body and things
clothes clothing uniform outfit attire dress gown, heavy weight weigh pound, height heights high, website site, injury
hurt accident injured, sick ill illness disease, nervous anxious afraid fear, blood bloodwork, tool equipment
instrument device gear, record document documentation, region area location place, country nation national nationwide,
city town, resume cv, computer software, electronic digital, organization association body group agency academy board
society
"""
